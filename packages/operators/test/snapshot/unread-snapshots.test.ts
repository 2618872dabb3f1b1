import type { ThreadEvent } from '@codex-rx/core/events';
import fc from 'fast-check';
import type { ItemLog } from '../../src/snapshot/item-log.js';
import { reduceSnapshot } from '../../src/snapshot/reduce-snapshot.js';
import { emptySnapshot, type StatefulSnapshot } from '../../src/snapshot/state.js';
import type { ThreadSnapshot } from '../../src/snapshot/types.js';
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

const reduced = (events: readonly ThreadEvent[], from: ThreadSnapshot = emptySnapshot): ThreadSnapshot =>
  events.reduce(reduceSnapshot, from);

const shown = (snapshot: ThreadSnapshot): string => JSON.stringify([snapshot, [...snapshot.items.snapshots()]]);

function unsettled(snapshot: ThreadSnapshot): number {
  let count = 0;
  let log: ItemLog | undefined = (snapshot as StatefulSnapshot).items.log;
  for (; log !== undefined && log.settled === undefined; log = log.before) count++;
  return count;
}

describe('a snapshot that nobody looked at', () => {
  it('shows what it would show if each one before it had been looked at', () => {
    fc.assert(
      fc.property(arbitraryEvents, fc.array(fc.boolean(), { minLength: 1 }), (events, looks) => {
        let read = emptySnapshot;
        let unread = emptySnapshot;
        let some = emptySnapshot;
        const held: ThreadSnapshot[] = [];
        const expected: string[] = [];
        const looked: string[] = [];
        for (const [n, event] of events.entries()) {
          read = reduceSnapshot(read, event);
          unread = reduceSnapshot(unread, event);
          some = reduceSnapshot(some, event);
          held.unshift(unread);
          expected.push(shown(read));
          looked.push(looks[n % looks.length] === true ? shown(some) : shown(read));
        }
        expect(looked).toEqual(expected);
        expect(held.map(shown).reverse()).toEqual(expected);
      }),
    );
  });

  it('can be gone on from in two ways', () => {
    const trunk = reduced([threadStarted(), turnStarted('u1'), started(command('item_0'), 'u1')]);
    const left = reduced([completed(command('item_0'), 'u1'), completed(message('item_1', 'left'), 'u1')], trunk);
    const right = reduced([completed(message('item_1', 'right'), 'u1'), turnCompleted(undefined, 'u1')], trunk);
    expect(left.items.toArray()).toEqual([command('item_0'), message('item_1', 'left')]);
    expect(right.items.toArray()).toEqual([command('item_0'), message('item_1', 'right')]);
    expect(left.items.snapshotAt(0)?.state).toBe('completed');
    expect(right.items.snapshotAt(0)?.state).toBe('in_progress');
    expect(trunk.items).toHaveLength(1);
  });

  it('holds on to no more than 128 changes', () => {
    let snapshot = reduced([threadStarted(), turnStarted('u1')]);
    const counts = Array.from({ length: 1_000 }, (_, n) => {
      snapshot = reduceSnapshot(snapshot, textDelta('item_0', `${String(n)} `, 'u1'));
      return unsettled(snapshot);
    });
    expect(Math.max(...counts)).toBe(127);
    expect(snapshot.messages.at(0)?.text).toHaveLength(3_890);
    expect(unsettled(snapshot)).toBe(0);
  });
});

it('an item that grew is the same object in all snapshots that it has not changed in, in whatever order they are looked at', () => {
  const before = reduced([
    threadStarted(),
    turnStarted('u1'),
    textDelta('item_0', 'a', 'u1'),
    textDelta('item_0', 'b', 'u1'),
  ]);
  const after = reduceSnapshot(before, completed(command('item_1'), 'u1'));
  expect(after.items.at(0)).toBe(before.items.at(0));
  expect(before.messages.at(0)?.text).toBe('ab');
});

describe('items that are open', () => {
  it('are known again, however many there are', () => {
    const ids = Array.from({ length: 30 }, (_, n) => `item_${String(n)}`);
    const begun = reduced([threadStarted(), turnStarted('u1'), ...ids.map((id) => started(command(id), 'u1'))]);
    const ended = reduced(ids.map((id) => completed(command(id), 'u1')).reverse(), begun);
    expect(ended.items).toHaveLength(30);
    expect([...ended.items.snapshots()].every(({ state }) => state === 'completed')).toBe(true);
    expect(ended.commands.toArray().map(({ id }) => id)).toEqual(ids);
  });

  it('keep their place when they turn out to be of a known type', () => {
    const unknown = { type: 'unknown', id: 'item_0', item_type: 'new', raw: {} } as const;
    const snapshot = reduced([
      threadStarted(),
      turnStarted('u1'),
      started(unknown, 'u1'),
      started(command('item_0'), 'u1'),
      completed(command('item_0'), 'u1'),
    ]);
    expect(snapshot.items.toArray()).toEqual([command('item_0')]);
    expect(snapshot.commands).toHaveLength(1);
  });

  it('can fail', () => {
    const snapshot = reduced([
      threadStarted(),
      turnStarted('u1'),
      started(command('item_0'), 'u1'),
      { type: 'item.failed', item_id: 'item_0', error: { message: 'no' } },
      started(command('item_0'), 'u1'),
    ]);
    expect([...snapshot.items.snapshots()]).toMatchObject([{ state: 'failed', error: { message: 'no' } }]);
  });
});

describe('a turn of a snapshot', () => {
  it('is the same object whenever it is asked for, and in later snapshots as long as nothing of it has changed', () => {
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
});
