import type { ThreadEvent } from '@codex-rx/core/events';
import { notices } from '../../src/operators/notices.js';
import { completed, message, notice, turnFailed } from '../support/events.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

const retry: ThreadEvent = {
  type: 'error',
  message: 'again',
  code: 'x',
  will_retry: true,
  thread_id: 't1',
  turn_id: 'u1',
};
const values = {
  n: notice(),
  r: retry,
  w: completed({ id: 'item_0', type: 'error', message: 'careful' }),
  m: completed(message('item_1')),
  f: turnFailed(),
};

describe('notices', () => {
  behavesAsAnOperator({ operator: () => notices(), sample: [values.n, values.w] });

  it('emits error events and warnings, and no failure', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('n-r-w-m-f|', values);
      expectObservable(source$.pipe(notices())).toBe('n-r-w----|', {
        n: { source: 'event', message: 'Reconnecting... 1/5' },
        r: { source: 'event', message: 'again', code: 'x', willRetry: true, threadId: 't1', turnId: 'u1' },
        w: { source: 'item', message: 'careful', itemId: 'item_0' },
      });
      expectSubscriptions(source$.subscriptions).toBe('^--------!');
    });
  });
});
