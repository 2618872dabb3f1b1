import { from, lastValueFrom } from 'rxjs';
import { snapshots } from '../../src/operators/snapshots.js';
import { withLatestSnapshot } from '../../src/operators/with-latest-snapshot.js';
import { completed, message, threadStarted, turnCompleted } from '../support/events.js';
import { behavesAsAnOperator, marbles, matching } from '../support/operator-checklist.js';

const values = { t: threadStarted(), m: completed(message('item_0')), d: turnCompleted() };

describe('withLatestSnapshot', () => {
  behavesAsAnOperator({ operator: () => withLatestSnapshot(), sample: [values.t, values.m, values.d] });

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
    expect(snapshot).toMatchObject({ thread_id: 't1' });
  });
});
