import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import fc from 'fast-check';
import { arbitraryEvents } from '../support/arbitrary-events.js';
import {
  command,
  completed,
  message,
  started,
  textDelta,
  threadStarted,
  turnCompleted,
  turnStarted,
} from '../support/events.js';

const answer = (n: number) => completed(message(`item_${String(n)}`), 'u1');

const reduced = (events: readonly ThreadEvent[], from: ThreadSnapshot = emptySnapshot): ThreadSnapshot =>
  events.reduce(reduceSnapshot, from);

const shown = (snapshot: ThreadSnapshot): string => JSON.stringify([snapshot, [...snapshot.items.snapshots()]]);

describe('a kept snapshot', () => {
  it('does not change with 100,000 more events', () => {
    let snapshot = reduced([threadStarted(), turnStarted('u1')]);
    for (let n = 0; n < 100; n++) snapshot = reduceSnapshot(snapshot, answer(n));
    const kept = snapshot;
    const before = JSON.stringify(kept);
    for (let n = 50; n < 100_050; n++) snapshot = reduceSnapshot(snapshot, answer(n));
    expect(JSON.stringify(kept)).toBe(before);
    expect(kept.items.byId('item_100')).toBeUndefined();
    expect(kept.items.byId('item_99')).toEqual(message('item_99'));
    expect(snapshot.items).toHaveLength(100_050);
    expect(snapshot.items.byId('item_100049')).toEqual(message('item_100049'));
  });

  it('contains the text that a message had, also if it is read after more deltas', () => {
    let snapshot = reduced([threadStarted(), turnStarted('u1')]);
    const kept = Array.from({ length: 1_000 }, (_, n) => {
      snapshot = reduceSnapshot(snapshot, textDelta('item_0', `${String(n)} `, 'u1'));
      return snapshot;
    });
    expect(kept[2]?.messages.at(0)?.text).toBe('0 1 2 ');
    expect(kept[2]?.items.at(0)).toBe(kept[2]?.messages.at(0));
    expect(kept[999]?.messages.at(0)?.text).toHaveLength(3_890);
    expect(kept[0]?.messages.at(0)).toEqual(message('item_0', '0 '));
  });

  it('shares with the next one what an event does not change', () => {
    const before = reduced([threadStarted(), turnStarted('u1'), answer(0)]);
    const after = reduceSnapshot(before, { type: 'error', message: 'again' });
    expect(after).not.toBe(before);
    const { notices, ...others } = before;
    expect(after.notices).toHaveLength(1);
    expect(notices).toHaveLength(0);
    for (const name of Object.keys(others) as (keyof typeof others)[]) expect(after[name]).toBe(before[name]);
    const next = reduceSnapshot(after, answer(1));
    for (const name of ['commands', 'files', 'notices', 'usage'] as const) expect(next[name]).toBe(after[name]);
    expect(next.items.at(0)).toBe(before.items.at(0));
    expect(next.items.snapshotAt(0)).toBe(before.items.snapshotAt(0));
  });

  it('shows the same whether it is read immediately or after later events', () => {
    fc.assert(
      fc.property(arbitraryEvents, fc.array(fc.boolean(), { minLength: 1 }), (events, reads) => {
        let read = emptySnapshot;
        let unread = emptySnapshot;
        let some = emptySnapshot;
        const kept: ThreadSnapshot[] = [];
        const expected: string[] = [];
        const readSome: string[] = [];
        for (const [n, event] of events.entries()) {
          read = reduceSnapshot(read, event);
          unread = reduceSnapshot(unread, event);
          some = reduceSnapshot(some, event);
          kept.unshift(unread);
          expected.push(shown(read));
          readSome.push(reads[n % reads.length] === true ? shown(some) : shown(read));
        }
        expect(readSome).toEqual(expected);
        expect(kept.map(shown).reverse()).toEqual(expected);
      }),
    );
  });

  it('can be continued in two ways', () => {
    const trunk = reduced([threadStarted(), turnStarted('u1'), started(command('item_0'), 'u1')]);
    const left = reduced([completed(command('item_0'), 'u1'), completed(message('item_1', 'left'), 'u1')], trunk);
    const right = reduced([completed(message('item_1', 'right'), 'u1'), turnCompleted(undefined, 'u1')], trunk);
    expect(left.items.toArray()).toEqual([command('item_0'), message('item_1', 'left')]);
    expect(right.items.toArray()).toEqual([command('item_0'), message('item_1', 'right')]);
    expect(left.items.snapshotAt(0)?.state).toBe('completed');
    expect(right.items.snapshotAt(0)?.state).toBe('in_progress');
    expect(trunk.items).toHaveLength(1);
  });
});
