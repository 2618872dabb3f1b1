import type { ThreadSnapshot } from '@codex-rx/core/events';
import { from, last, lastValueFrom, toArray } from 'rxjs';
import { snapshots } from '../../src/operators/snapshots.js';
import { completed, message, threadStarted, turnCompleted, turnStarted, usageOf } from '../support/events.js';
import { behavesAsAnOperator, marbles, matching } from '../support/operator-checklist.js';

const run = [
  threadStarted(),
  turnStarted('u1'),
  completed(message('item_0', 'Hi'), 'u1'),
  turnCompleted(usageOf(5), 'u1'),
] as const;

describe('snapshots', () => {
  behavesAsAnOperator({ operator: () => snapshots(), sample: run });

  it('emits one snapshot after each event, at once', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('a-b-c-d-|', { a: run[0], b: run[1], c: run[2], d: run[3] });
      expectObservable(source$.pipe(snapshots())).toBe('a-b-c-d-|', {
        a: matching({ threadId: 't1', status: 'pending' }),
        b: matching({ status: 'in_progress' }),
        c: matching({ status: 'in_progress' }),
        d: matching({ status: 'completed', usage: { total: usageOf(5), turn: usageOf(5) } }),
      });
      expectSubscriptions(source$.subscriptions).toBe('^-------!');
    });
  });

  it('goes on from a seed', async () => {
    const whole = await lastValueFrom(from(run).pipe(snapshots()));
    const half = await lastValueFrom(from(run.slice(0, 2)).pipe(snapshots()));
    const rest = await lastValueFrom(from(run.slice(2)).pipe(snapshots({ seed: half }), last()));
    expect(rest).toEqual(whole);
  });

  it('errors with a TypeError for a seed that is not a snapshot of its own', async () => {
    const parsed = JSON.parse(JSON.stringify(await lastValueFrom(from(run).pipe(snapshots())))) as ThreadSnapshot;
    await expect(lastValueFrom(from(run).pipe(snapshots({ seed: parsed }), toArray()))).rejects.toThrow(TypeError);
  });
});
