import '../../src/jest/index.js';
import type { ThreadEvent } from '@codex-rx/core/events';
import { Observable } from 'rxjs';
import { completedRun } from '../helpers/matched-runs.js';

describe('assertKnownValue', () => {
  const observed = () => {
    const subscribed = jest.fn();
    return { subscribed, run$: new Observable<ThreadEvent>(subscribed) };
  };

  it.each<[string, (run: ReturnType<typeof observed>['run$']) => Promise<void>, string]>([
    [
      'an unknown outcome',
      (run$) => expect(run$).toEndTurn('complete' as never),
      'toEndTurn: "outcome" must be one of completed, failed, got "complete".',
    ],
    [
      'an unknown outcome before .not',
      (run$) => expect(run$).not.toEndTurn('complete' as never),
      'toEndTurn: "outcome" must be one of completed, failed, got "complete".',
    ],
    [
      'an unknown category',
      (run$) => expect(run$).toEndTurn('failed', { category: 'limit' as never }),
      'toEndTurn: "category" must be one of usage_limit, auth, context, overloaded, disconnected, input_too_large, config, usage, panic, unknown, got "limit".',
    ],
    [
      'an unknown name of an event',
      (run$) => expect(run$).toEmitEvents(['turn', 'item.complete']),
      'toEmitEvents: expected[1] must be one of thread.started, turn.started, turn.completed, turn.failed, error, usage.updated, turn.diff, malformed, item.started, ' +
        'item.updated, item.completed, item.delta, item.failed, unknown, or a name in diagrams, such as thread, turn, done, failed, notice, ' +
        'bad, ?some.type, msg0, +cmd0, got "item.complete".',
    ],
    [
      'an unknown name of an item',
      (run$) => expect(run$).not.toEmitEvents(['+command0']),
      'toEmitEvents: expected[0] must be one of',
    ],
    [
      'an unknown type among fields',
      (run$) => expect(run$).toEmitEvents([{ type: 'turn.complete' as never }]),
      'toEmitEvents: expected[0].type must be one of thread.started, turn.started,',
    ],
  ])('rejects %s before the run is subscribed to', async (_name, asserting, problem) => {
    const { run$, subscribed } = observed();
    const rejected = asserting(run$);
    await expect(rejected).rejects.toThrow(TypeError);
    await expect(rejected).rejects.toThrow(problem);
    expect(subscribed).not.toHaveBeenCalled();
  });

  it('accepts an asymmetric matcher', async () => {
    await expect(completedRun.slice(-1)).toEmitEvents([{ type: expect.stringMatching(/^turn/) as never }]);
  });
});
