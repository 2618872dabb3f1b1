import type { ThreadEvent } from '@codex-rx/core/events';
import { from, lastValueFrom, map, toArray } from 'rxjs';
import { itemSnapshots } from '../../src/operators/item-snapshots.js';
import {
  command,
  completed,
  message,
  notice,
  started,
  textDelta,
  threadStarted,
  turnCompleted,
  turnStarted,
} from '../support/events.js';
import { behavesAsAnOperator, marbles, matching } from '../support/operator-checklist.js';

const values = {
  t: threadStarted(),
  u: turnStarted('u1'),
  s: started(command('item_0'), 'u1'),
  c: completed(command('item_0', { status: 'completed' }), 'u1'),
  n: notice(),
  d: turnCompleted(undefined, 'u1'),
};

describe('itemSnapshots', () => {
  behavesAsAnOperator({
    operator: () => itemSnapshots(),
    sample: [values.s, completed(message('item_1')), completed(message('item_2'))],
  });

  it('emits the item that an event has changed, with its state and where it belongs', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('tus-n-cd|', values);
      const where = { index: 0, threadId: 't1', turnId: 'u1', run: 0, attempt: 0, error: undefined };
      expectObservable(source$.pipe(itemSnapshots())).toBe('--s---c-|', {
        s: { ...where, state: 'in_progress', item: command('item_0') },
        c: { ...where, state: 'completed', item: command('item_0', { status: 'completed' }) },
      });
      expectSubscriptions(source$.subscriptions).toBe('^-------!');
    });
  });

  it('shows the whole item for each piece', async () => {
    const events: ThreadEvent[] = [textDelta('m', 'Hel'), textDelta('m', 'lo')];
    const texts$ = from(events).pipe(
      itemSnapshots(),
      map(({ item }) => item),
      toArray(),
    );
    expect(await lastValueFrom(texts$)).toEqual([message('m', 'Hel'), message('m', 'Hello')]);
  });

  it('emits nothing for what changes no item', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('cs|', values).pipe(itemSnapshots())).toBe('c-|', { c: matching({ state: 'completed' }) });
    });
  });
});
