import { ofType } from '../../src/operators/of-type.js';
import { completed, message, notice, threadStarted, turnCompleted } from '../support/events.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

const values = { t: threadStarted(), m: completed(message('item_0')), n: notice(), d: turnCompleted() };

describe('ofType', () => {
  behavesAsAnOperator({ operator: () => ofType('error', 'item.completed'), sample: [values.n, values.m] });

  it('lets events of the given types through, as they are', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('t-m-n-d|', values);
      expectObservable(source$.pipe(ofType('thread.started', 'error'))).toBe('t---n--|', values);
      expectSubscriptions(source$.subscriptions).toBe('^------!');
    });
  });

  it('lets nothing through without types', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('t-m|', values).pipe(ofType())).toBe('---|');
    });
  });
});
