import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { exec$, whenIdle } from '@codex-rx/core';
import { toAsyncIterable } from '@codex-rx/operators';
import { openFakeCodex } from '@codex-rx/testing';
import { livingPids, waitUntil } from '@codex-rx/testing/processes';
import { tap } from 'rxjs';
import { begins, completes, noteEnd, says } from '../support/slow-fake.js';

/** Much more than what pipes and buffers on the way hold: 4 MB. */
const COUNT = 4_000;
const line = says('x'.repeat(1_000));
const HIGH_WATER_MARK = 16;
/**
 * How far the source may be ahead: the values that wait, and the rest of the read in which the pause came. A read is
 * 64 KiB, which is fewer than 64 lines.
 */
const AHEAD = HIGH_WATER_MARK + 64;

describe('toAsyncIterable of a process', () => {
  it('pauses the process while the loop is slow', async () => {
    await using fake = await openFakeCodex([
      { lines: begins },
      { repeat: COUNT, steps: [{ line }] },
      noteEnd,
      { line: completes },
    ]);
    const workingDirectory = dirname(fake.binary);
    let emitted = 0;
    let consumed = 0;
    let mostAhead = 0;
    let isDoneAtHalf: boolean | undefined;
    const request = { prompt: 'hello', ...fake.options, workingDirectory };
    const events = toAsyncIterable((paused$) => exec$({ ...request, paused$ }).pipe(tap(() => emitted++)));
    for await (const event of events) {
      consumed++;
      if (event.type === 'turn.completed') break;
      // At first the loop stands still until as many values wait as may.
      if (consumed === 1) await waitUntil(() => emitted - consumed >= HIGH_WATER_MARK, 30_000);
      // The process has time to write, and the run to read, unless they are paused.
      for (let turns = 0; turns < 3; turns++) await setImmediate();
      mostAhead = Math.max(mostAhead, emitted - consumed);
      if (consumed === COUNT / 2) isDoneAtHalf = existsSync(join(workingDirectory, 'ended'));
    }
    expect(mostAhead).toBeLessThanOrEqual(AHEAD);
    expect(isDoneAtHalf).toBe(false);
    expect(consumed).toBe(begins.length + COUNT + 1);
    await whenIdle();
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it.each([
    ['break', () => undefined],
    [
      'an exception',
      () => {
        throw new Error('boom');
      },
    ],
  ])('ends the process when the loop is left by %s', async (_, leave) => {
    await using fake = await openFakeCodex([{ lines: begins }, { repeat: COUNT, steps: [{ line }] }, { hang: true }]);
    const loop = async (): Promise<void> => {
      for await (const { type } of toAsyncIterable((paused$) => exec$({ prompt: 'hello', ...fake.options, paused$ }))) {
        if (type !== 'item.completed') continue;
        leave();
        break;
      }
    };
    await loop().catch(() => undefined);
    await whenIdle();
    expect(fake.pids()).toHaveLength(1);
    expect(livingPids(fake.pids())).toEqual([]);
  });
});
