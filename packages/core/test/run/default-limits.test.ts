import timers from 'node:timers/promises';
import { exec$, whenIdle } from '@codex-rx/core';
import { command$ } from '@codex-rx/core/commands';
import { fakeCodex } from '@codex-rx/testing';
import { lastValueFrom, toArray } from 'rxjs';

/** Returns the delays of all timers that are set while a task runs. */
async function delaysOf(task: () => Promise<unknown>): Promise<unknown[]> {
  const timer = jest.spyOn(globalThis, 'setTimeout');
  const delay = jest.spyOn(timers, 'setTimeout');
  try {
    await task();
    await whenIdle();
    return [...timer.mock.calls.map(([, ms]) => ms), ...delay.mock.calls.map(([ms]) => ms)];
  } finally {
    timer.mockRestore();
    delay.mockRestore();
  }
}

const done = { line: { type: 'turn.completed', usage: {} } };

describe('the default limits', () => {
  it('of a run are 120 s, and 8 s after its turn', async () => {
    const fake = fakeCodex([done]);
    const delays = await delaysOf(() => lastValueFrom(exec$({ prompt: 'x', ...fake.options }).pipe(toArray())));

    expect(delays).toEqual(expect.arrayContaining([120_000, 8_000]));
  });

  it('of a command are 120 s', async () => {
    const fake = fakeCodex([{ line: 'x' }]);

    expect(await delaysOf(() => lastValueFrom(command$({ args: ['x'], ...fake.options })))).toContain(120_000);
  });

  it.each([0, Number.POSITIVE_INFINITY])('are none with a timeout of %d', async (timeout) => {
    const fake = fakeCodex([done]);
    const delays = await delaysOf(async () => {
      await lastValueFrom(command$({ args: ['x'], timeout, ...fake.options }));
      await lastValueFrom(exec$({ prompt: 'x', timeout, ...fake.options }).pipe(toArray()));
    });

    expect(delays).not.toContain(120_000);
  });

  it('between the steps of a termination are 2 s', async () => {
    const fake = fakeCodex([{ ignore: ['SIGINT'] }, { line: { type: 'turn.started' } }, { hang: true }]);
    const delays = await delaysOf(
      () =>
        new Promise<void>((resolve) => {
          const subscription = exec$({ prompt: 'x', ...fake.options }).subscribe({
            next: () => {
              subscription.unsubscribe();
              resolve();
            },
          });
        }),
    );

    expect(delays).toContain(2_000);
  });
});
