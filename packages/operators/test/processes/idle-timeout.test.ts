import { exec$, type ThreadEvent, whenIdle } from '@codex-rx/core';
import { type IdleTimeoutInfo, idleTimeout, toAsyncIterable } from '@codex-rx/operators';
import { openFakeCodex } from '@codex-rx/testing';
import { livingPids } from '@codex-rx/testing/processes';
import { lastValueFrom, of, Subject, tap, toArray } from 'rxjs';
import { begins, completes, says } from '../support/slow-fake.js';

const LIMIT = 400;
const messages = Array.from({ length: 40 }, (_, i) => ({ line: says(`${String(i)} ${'x'.repeat(2_000)}`) }));
const types = (events: readonly ThreadEvent[]) => events.map(({ type }) => type);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function block(ms: number): void {
  const end = Date.now() + ms;
  while (Date.now() < end);
}

describe('idleTimeout of a process', () => {
  it('does not end a healthy run whose loop is slow', async () => {
    await using fake = await openFakeCodex([{ lines: begins }, ...messages, { line: completes }]);
    const seen: string[] = [];
    const events = toAsyncIterable(
      (paused$) => exec$({ prompt: 'hello', ...fake.options, paused$ }).pipe(idleTimeout({ first: 0, each: LIMIT })),
      { highWaterMark: 2 },
    );
    for await (const { type } of events) {
      seen.push(type);
      // Longer than the limit, four times.
      if (seen.length % 12 === 3) await sleep(LIMIT * 1.5);
    }
    expect(seen).toHaveLength(begins.length + messages.length + 1);
  });

  it('does not end a healthy run that `paused$` holds', async () => {
    await using fake = await openFakeCodex([{ lines: begins }, ...messages, { line: completes }]);
    const paused$ = new Subject<boolean>();
    const run$ = exec$({ prompt: 'hello', ...fake.options, paused$ }).pipe(
      tap(({ type }) => {
        if (type !== 'turn.started') return;
        paused$.next(true);
        setTimeout(() => {
          paused$.next(false);
        }, 2 * LIMIT);
      }),
      idleTimeout({ first: 0, each: LIMIT }),
      toArray(),
    );
    expect(types(await lastValueFrom(run$)).at(-1)).toBe('turn.completed');
  });

  it.each([LIMIT, LIMIT + 100, 3 * LIMIT])(
    'does not end a healthy run whose subscriber blocks for %d ms',
    async (ms) => {
      await using fake = await openFakeCodex([
        { lines: begins },
        ...messages.slice(0, 5).flatMap((message) => [{ wait: 50 }, message]),
        { line: completes },
      ]);
      const run$ = exec$({ prompt: 'hello', ...fake.options }).pipe(
        idleTimeout({ first: 0, each: LIMIT }),
        tap(({ type }) => {
          if (type === 'turn.started') block(ms);
        }),
        toArray(),
      );
      expect(types(await lastValueFrom(run$)).at(-1)).toBe('turn.completed');
    },
  );

  it('ends a run that hangs after a pause', async () => {
    await using fake = await openFakeCodex([{ lines: begins }, { hang: true }]);
    const run$ = exec$({ prompt: 'hello', ...fake.options, paused$: of(true, false) }).pipe(
      idleTimeout({ first: 0, each: LIMIT }),
    );
    await expect(lastValueFrom(run$)).rejects.toMatchObject({ code: 'IDLE_TIMEOUT', info: { seen: 2 } });
    await whenIdle();
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('only reports with `onIdle`', async () => {
    await using fake = await openFakeCodex([{ lines: begins }, { wait: 3.5 * LIMIT }, { line: completes }]);
    const reports: IdleTimeoutInfo[] = [];
    const onIdle = (info: IdleTimeoutInfo) => reports.push(info);
    const run$ = exec$({ prompt: 'hello', ...fake.options }).pipe(
      idleTimeout({ first: 0, each: LIMIT, onIdle }),
      toArray(),
    );
    expect(types(await lastValueFrom(run$)).at(-1)).toBe('turn.completed');
    expect(reports.length).toBeGreaterThanOrEqual(2);
    expect(reports[0]).toMatchObject({ idleFor: LIMIT, phase: 'each', seen: 2 });
  });
});
