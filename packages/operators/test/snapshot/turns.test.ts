import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import { completed, message, notice, threadStarted, turnCompleted, turnStarted } from '../support/events.js';

const reduced = (events: readonly ThreadEvent[], from: ThreadSnapshot = emptySnapshot): ThreadSnapshot =>
  events.reduce(reduceSnapshot, from);

describe('a turn of a snapshot', () => {
  it('is the same object in all snapshots between its changes', () => {
    const open = reduced([threadStarted(), turnStarted('u1')]);
    expect(open.turns.at(0)).toBe(open.turns.at(0));
    const ended = reduced([completed(message('item_0'), 'u1'), turnCompleted(undefined, 'u1')], open);
    const next = reduced([turnStarted('u2'), completed(message('item_1'), 'u2')], ended);
    expect(next.turns.at(0)).toBe(ended.turns.at(0));
    const late = reduceSnapshot(next, completed(message('item_2', 'late'), 'u1'));
    expect(late.turns.at(0)).not.toBe(ended.turns.at(0));
    expect(late.turns.at(0)?.items.toArray()).toEqual([message('item_0'), message('item_2', 'late')]);
    expect(late.turns.at(1)?.items.toArray()).toEqual([message('item_1')]);
    expect(ended.turns.at(0)?.items.toArray()).toEqual([message('item_0')]);
  });

  it('is interrupted with all others that its items opened, in whatever order some of them end', () => {
    const ids = Array.from({ length: 6 }, (_, n) => `u${String(n)}`);
    const open = reduced(ids.map((id, n) => completed(message(`item_${String(n)}`), id)));
    expect(open.turns.toArray().every(({ status }) => status === 'in_progress')).toBe(true);
    const some = reduced([turnCompleted(undefined, 'u3'), turnCompleted(undefined, 'u1')], open);
    const statuses = reduced([turnStarted('u6')], some)
      .turns.toArray()
      .map(({ status }) => status);
    expect(statuses).toEqual([
      'interrupted',
      'completed',
      'interrupted',
      'completed',
      'interrupted',
      'interrupted',
      'in_progress',
    ]);
  });

  it('is not copied by an event that changes no turn', () => {
    const before = reduced([threadStarted(), completed(message('item_0'))]);
    const after = reduced([notice(), completed(message('item_1'))], before);
    expect(after.items).toHaveLength(2);
    expect(after.turns).toBe(before.turns);
  });
});
