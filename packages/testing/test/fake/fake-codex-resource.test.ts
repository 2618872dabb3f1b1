import { existsSync } from 'node:fs';
import { exec$ } from '@codex-rx/core';
import { isCodexError } from '@codex-rx/core/errors';
import { firstValueFrom, lastValueFrom, map, switchMap, take, toArray } from 'rxjs';
import { type FakeCodex, fakeCodex$, openFakeCodex } from '../../src/fake/index.js';
import { livingPids, waitUntil } from '../../src/processes/index.js';
import { disposeAll } from '../../src/util/open-resources.js';
import { start } from '../helpers/start-fake.js';

const done = { line: { type: 'turn.completed' } };

afterEach(() => {
  disposeAll();
});

describe('fakeCodex$', () => {
  it('emits a fake that is there until it is unsubscribed', async () => {
    let fake: FakeCodex | undefined;
    let completed = false;
    const subscription = fakeCodex$([done]).subscribe({
      next: (value) => (fake = value),
      complete: () => (completed = true),
    });
    const binary = fake?.binary ?? '';
    expect([existsSync(binary), completed]).toEqual([true, false]);
    subscription.unsubscribe();
    await waitUntil(() => !existsSync(binary));
  });

  it('makes a fake of its own for each subscription', async () => {
    const binary$ = fakeCodex$([done]).pipe(
      take(1),
      map(({ binary }) => binary),
    );
    expect(await firstValueFrom(binary$)).not.toBe(await firstValueFrom(binary$));
  });

  it('lives as long as the run that is made with it', async () => {
    const types$ = fakeCodex$([done]).pipe(
      take(1),
      switchMap((fake) => exec$({ prompt: 'hello', ...fake.options })),
      map(({ type }) => type),
      toArray(),
    );
    // The fake is gone with its stream, before the run begins.
    await expect(lastValueFrom(types$)).rejects.toMatchObject({ code: 'BINARY_NOT_FOUND' });
    const alive$ = fakeCodex$([done]).pipe(
      switchMap((fake) => exec$({ prompt: 'hello', ...fake.options })),
      take(1),
      map(({ type }) => type),
    );
    expect(await lastValueFrom(alive$)).toBe('turn.completed');
  });

  it('errors for a script that cannot be played', async () => {
    const error: unknown = await lastValueFrom(fakeCodex$({})).catch((caught: unknown) => caught);
    expect(isCodexError(error, 'REQUEST_INVALID')).toBe(true);
  });
});

describe('openFakeCodex', () => {
  it('gives a fake to `await using`', async () => {
    const seen = { binary: '', pids: [] as readonly number[] };
    {
      await using fake = await openFakeCodex([{ line: 'ready' }, { hang: true }]);
      const child = start(fake);
      child.stdin?.end();
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      seen.binary = fake.binary;
      seen.pids = fake.pids();
      expect(livingPids(seen.pids)).toHaveLength(1);
    }
    expect([existsSync(seen.binary), livingPids(seen.pids)]).toEqual([false, []]);
  });

  it('rejects for a script that cannot be played', async () => {
    await expect(openFakeCodex({})).rejects.toMatchObject({ code: 'REQUEST_INVALID', field: 'steps' });
  });
});
