import { type CodexError, createCodex, runTurn$, type TurnResult, whenIdle } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, failed, said, started, THREAD } from './support/lines.js';
import { observe } from './support/observe.js';

leavesNothing();

const request = (steps: FakeStep[]) => ({ prompt: 'hello', ...fakeCodex(steps).options, terminateGrace: 300 });

describe('runTurn$', () => {
  it('emits the result when the turn completes, and completes when the process is gone', async () => {
    const { values, error } = await observe(runTurn$(request([{ lines: [started, said('Hi.'), completed] }])));
    expect(error).toBeUndefined();
    expect(values).toMatchObject([{ text: 'Hi.', threadId: THREAD, status: 'completed', turnUsage: completed.usage }]);
    expect(values[0]?.durationMs).toBeGreaterThan(0);
  });

  it('is a method of a client', async () => {
    const { prompt, ...options } = request([{ lines: [started, said('Hi.'), completed] }]);
    const { values } = await observe(createCodex(options).runTurn$({ prompt }));
    expect(values).toMatchObject([{ text: 'Hi.' }]);
  });

  it('emits the result of a fork without a prompt, which has no turn', async () => {
    const options = { ...fakeCodex([{ line: started }]).options, terminateGrace: 300 };
    const { values } = await observe(runTurn$({ ...options, command: 'fork', session: THREAD }));
    expect(values).toMatchObject([{ threadId: THREAD, status: 'pending', text: '' }]);
  });

  it.each<[code: string, FakeStep[], object, Partial<TurnResult>]>([
    ['TURN_FAILED', [{ lines: [started, said('Half.'), failed('no')] }, { exit: 1 }], {}, { status: 'failed' }],
    [
      'EXIT',
      [{ lines: [started, { type: 'turn.started' }, said('Half.')] }, { exit: 2 }],
      {},
      { status: 'interrupted' },
    ],
    [
      'RUN_TIMEOUT',
      [{ lines: [started, { type: 'turn.started' }, said('Half.')] }, { hang: true }],
      { timeout: 500 },
      { status: 'interrupted' },
    ],
  ])('errors with %s, which has the result so far', async (code, steps, options, result) => {
    const { values, error } = await observe(runTurn$({ ...request(steps), ...options }));
    expect(values).toEqual([]);
    expect(error).toMatchObject({ code });
    expect((error as CodexError).result).toMatchObject({ ...result, threadId: THREAD, text: 'Half.' });
    await whenIdle();
  });
});
