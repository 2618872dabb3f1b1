import type { ThreadEvent } from '@codex-rx/core/events';
import { from, lastValueFrom } from 'rxjs';
import { snapshots } from '../../src/operators/snapshots.js';
import { withLatestSnapshot } from '../../src/operators/with-latest-snapshot.js';
import { completed, message, threadStarted, turnCompleted } from '../support/events.js';
import { behavesAsAnOperator, marbles, matching } from '../support/operator-checklist.js';

const values = { t: threadStarted(), m: completed(message('item_0')), d: turnCompleted() };

describe('withLatestSnapshot', () => {
  behavesAsAnOperator({ operator: () => withLatestSnapshot(), sample: [values.t, values.m, values.d] });
  describe('with a projection', () => {
    behavesAsAnOperator({
      operator: () => withLatestSnapshot({ project: (event) => event }),
      sample: [values.t, values.m, values.d],
    });
  });

  it('pairs each event with the snapshot that contains it', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('t-d|', values);
      expectObservable(source$.pipe(withLatestSnapshot())).toBe('t-d|', {
        t: [values.t, matching({ status: 'pending' })],
        d: [values.d, matching({ status: 'completed' })],
      });
      expectSubscriptions(source$.subscriptions).toBe('^--!');
    });
  });

  it('goes on from a seed', async () => {
    const seed = await lastValueFrom(from([values.t]).pipe(snapshots()));
    const [, snapshot] = await lastValueFrom(from([values.m]).pipe(withLatestSnapshot({ seed })));
    expect(snapshot).toMatchObject({ threadId: 't1' });
  });

  it('emits what the projection makes of event, snapshot and index, which begin anew with each subscription', () => {
    marbles(({ cold, expectObservable }) => {
      const result$ = cold('t-m-(d|)', values).pipe(
        withLatestSnapshot({ project: ({ type }, { status, items }, index) => [index, type, status, items.length] }),
      );
      const expected = {
        t: [0, 'thread.started', 'pending', 0],
        m: [1, 'item.completed', 'pending', 1],
        d: [2, 'turn.completed', 'completed', 1],
      };
      expectObservable(result$).toBe('t-m-(d|)', expected);
      expectObservable(result$).toBe('t-m-(d|)', expected);
    });
  });

  it('errors with what the projection throws, and leaves the source', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('t-m-d|', values);
      const project = ({ type }: ThreadEvent): string => {
        if (type === 'item.completed') throw new Error('no items, please');
        return type;
      };
      const result$ = source$.pipe(withLatestSnapshot({ project }));
      expectObservable(result$).toBe('t-#', { t: 'thread.started' }, new Error('no items, please'));
      expectSubscriptions(source$.subscriptions).toBe('^-!');
    });
  });
});
