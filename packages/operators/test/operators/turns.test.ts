import { turns } from '../../src/operators/turns.js';
import {
  completed,
  message,
  threadStarted,
  turnCompleted,
  turnFailed,
  turnStarted,
  usageOf,
} from '../support/events.js';
import { behavesAsAnOperator, marbles, matching } from '../support/operator-checklist.js';

const values = {
  t: threadStarted(),
  u: turnStarted('u1'),
  m: completed(message('item_0'), 'u1'),
  d: turnCompleted(usageOf(3), 'u1'),
  v: turnStarted('u2'),
  f: turnFailed('no', 'u2'),
};

describe('turns', () => {
  behavesAsAnOperator({ operator: () => turns(), sample: [values.d, values.f] });

  it('emits each turn with its items when it has ended', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('tumd-vf|', values);
      expectObservable(source$.pipe(turns())).toBe('---d--f|', {
        d: matching({ turnId: 'u1', status: 'completed', usage: usageOf(3), items: matching({ length: 1 }) }),
        f: matching({ turnId: 'u2', status: 'failed', error: { message: 'no' }, items: matching({ length: 0 }) }),
      });
      expectSubscriptions(source$.subscriptions).toBe('^------!');
    });
  });

  it('emits a turn once, however often its end is told, and not one that is cut off', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('uddv|', values).pipe(turns())).toBe('-d--|', { d: matching({ turnId: 'u1' }) });
      expectObservable(cold('uv|', values).pipe(turns())).toBe('--|');
    });
  });
});
