import type { ThreadEvent } from '@codex-rx/core/events';
import { reduceSnapshot } from '@codex-rx/core/events';
import fc from 'fast-check';
import { from, of } from 'rxjs';
import { emptySnapshot, snapshots } from '../../src/index.js';
import { type SnapshotPatch, snapshotPatches } from '../../src/operators/snapshot-patches.js';
import { arbitraryEvents } from '../support/arbitrary-events.js';
import { completed, message, started, threadStarted, turnCompleted, turnStarted, usageOf } from '../support/events.js';

function patchesOf(events: readonly ThreadEvent[]): SnapshotPatch[] {
  const patches: SnapshotPatch[] = [];
  from(events)
    .pipe(snapshots(), snapshotPatches())
    .subscribe((patch) => patches.push(patch));
  return patches;
}

describe('snapshotPatches', () => {
  it('emits the whole state, then the items that have changed', () => {
    const a = message('a');
    const patches = patchesOf([
      threadStarted('t1'),
      turnStarted('u1'),
      started(a),
      completed(message('b')),
      completed(a),
    ]);
    const changes = patches.map(({ type, items }) => [
      type,
      items.map(({ index, item, state }) => [index, item.id, state]),
    ]);
    expect(changes).toEqual([
      ['snapshot', []],
      ['patch', []],
      ['patch', [[0, 'a', 'in_progress']]],
      ['patch', [[1, 'b', 'completed']]],
      ['patch', [[0, 'a', 'completed']]],
    ]);
  });

  it('emits all items with its first value, and all changes between throttled snapshots', () => {
    const events = Array.from({ length: 300 }, (_, index) => completed(message(`m${String(index)}`)));
    const early = events.slice(0, 40).reduce(reduceSnapshot, emptySnapshot);
    const late = events.slice(40).reduce(reduceSnapshot, early);
    const patches: number[] = [];
    of(early, late)
      .pipe(snapshotPatches())
      .subscribe(({ items }) => patches.push(items.length));
    expect(patches).toEqual([40, 260]);
  });

  it('has null for what JSON cannot express', () => {
    const [first, , last] = patchesOf([threadStarted('t1'), turnStarted('u1'), turnCompleted(usageOf(3))]);
    const nothing = { error: null, todos: null };
    expect(first).toMatchObject({ ...nothing, threadId: 't1', status: 'pending', usage: { total: null, turn: null } });
    expect(last).toMatchObject({ ...nothing, status: 'completed', usage: { total: usageOf(3), turn: usageOf(3) } });
    expect(JSON.parse(JSON.stringify(last))).toEqual(last);
  });

  it('rebuilds the items of every snapshot from its patches', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        let snapshot = emptySnapshot;
        const items: unknown[] = [];
        const patches = patchesOf(events);
        events.forEach((event, at) => {
          snapshot = reduceSnapshot(snapshot, event);
          for (const item of patches[at]?.items ?? []) items[item.index] = item;
          expect(items).toEqual([...snapshot.items.snapshots()]);
        });
      }),
    );
  });
});
