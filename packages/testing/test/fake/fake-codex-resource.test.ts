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
  it('emits a fake and disposes it on unsubscribe', async () => {
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

  it('creates a fake for each subscription', async () => {
    const binary$ = fakeCodex$([done]).pipe(
      take(1),
      map(({ binary }) => binary),
    );
    expect(await firstValueFrom(binary$)).not.toBe(await firstValueFrom(binary$));
  });

  it('keeps the fake until the inner run ends', async () => {
    const types$ = fakeCodex$([done]).pipe(
      take(1),
      switchMap((fake) => exec$({ prompt: 'hello', ...fake.options })),
      map(({ type }) => type),
      toArray(),
    );
    // take(1) disposes the fake before the run starts.
    await expect(lastValueFrom(types$)).rejects.toMatchObject({ code: 'BINARY_NOT_FOUND' });
    const alive$ = fakeCodex$([done]).pipe(
      switchMap((fake) => exec$({ prompt: 'hello', ...fake.options })),
      take(1),
      map(({ type }) => type),
    );
    expect(await lastValueFrom(alive$)).toBe('turn.completed');
  });

  it('errors for an invalid script', async () => {
    const error: unknown = await lastValueFrom(fakeCodex$({})).catch((caught: unknown) => caught);
    expect(isCodexError(error, 'REQUEST_INVALID')).toBe(true);
  });
});

describe('openFakeCodex', () => {
  it('resolves to a fake for `await using`', async () => {
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

  it('rejects for an invalid script', async () => {
    await expect(openFakeCodex({})).rejects.toMatchObject({ code: 'REQUEST_INVALID', field: 'steps' });
  });
});
