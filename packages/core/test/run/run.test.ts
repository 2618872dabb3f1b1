import { exec$ } from '@codex-rx/core';
import { fakeCodex } from '@codex-rx/testing';
import { lastValueFrom, tap } from 'rxjs';
import { completed, said, started } from '../exec/support/lines.js';

describe('a run', () => {
  it('passes a line to the subscriber through at most 15 of its own functions', async () => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 100;
    const { options } = fakeCodex([{ lines: [started, said('Hi.'), completed] }]);
    const events$ = exec$({ prompt: 'hello', ...options });
    let stack: string | undefined;
    await lastValueFrom(
      events$.pipe(
        tap(({ type }) => {
          if (type === 'item.completed') stack = new Error(type).stack;
        }),
      ),
    );
    Error.stackTraceLimit = limit;
    const frames = stack?.split('\n').filter((frame) => /packages[\\/]core[\\/]src/.test(frame)) ?? [];
    expect(frames).not.toEqual([]);
    expect(frames.length).toBeLessThanOrEqual(15);
  });
});
