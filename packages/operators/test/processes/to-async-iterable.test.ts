import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { exec$, whenIdle } from '@codex-rx/core';
import { toAsyncIterable } from '@codex-rx/operators';
import { openFakeCodex, survivors } from '@codex-rx/testing';
import { tap } from 'rxjs';
import { begins, completes, noteEnd, says } from '../support/slow-fake.js';

/** Much more than what pipes and buffers on the way hold: 4 MB. */
const COUNT = 4_000;
const line = says('x'.repeat(1_000));
/** What the source may be ahead: the values that wait, and what was read and had not been told when the pause came. A read is 64 KiB, or less than 64 lines. */
const AHEAD = 16 + 64;

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
    const request = { prompt: 'hello', ...fake.options, workingDirectory };
    const events = toAsyncIterable((paused$) => exec$({ ...request, paused$ }).pipe(tap(() => emitted++)));
    for await (const event of events) {
      consumed++;
      if (event.type === 'turn.completed') break;
      // The process has time to write, and the run to read, if anybody lets them.
      for (let turns = 0; turns < 3; turns++) await setImmediate();
      mostAhead = Math.max(mostAhead, emitted - consumed);
      // The process has written all that it had to at the end of the loop only.
      if (consumed === COUNT / 2) expect(existsSync(join(workingDirectory, 'ended'))).toBe(false);
    }
    expect(mostAhead).toBeLessThanOrEqual(AHEAD);
    // It was let to run ahead at all.
    expect(mostAhead).toBeGreaterThanOrEqual(16);
    expect(consumed).toBe(begins.length + COUNT + 1);
    await whenIdle();
    expect(survivors(fake.pids())).toEqual([]);
  });

  it.each([
    ['break', false],
    ['an exception', true],
  ])('ends the process when the loop is left by %s', async (_, throws) => {
    await using fake = await openFakeCodex([{ lines: begins }, { repeat: COUNT, steps: [{ line }] }, { hang: true }]);
    const leave = async (): Promise<void> => {
      for await (const { type } of toAsyncIterable((paused$) => exec$({ prompt: 'hello', ...fake.options, paused$ }))) {
        if (type !== 'item.completed') continue;
        if (throws) throw new Error('boom');
        break;
      }
    };
    const left = leave();
    if (throws) await expect(left).rejects.toThrow('boom');
    else await left;
    await whenIdle();
    expect(fake.pids()).toHaveLength(1);
    expect(survivors(fake.pids())).toEqual([]);
  });
});
