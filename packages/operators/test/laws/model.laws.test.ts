import { emptySnapshot, reduceSnapshot, type ThreadEvent } from '@codex-rx/core/events';
import fc from 'fast-check';
import { arbitraryEvents, denseEvents } from '../support/arbitrary-events.js';
import { completed, message, started, threadStarted, turnCompleted, turnStarted } from '../support/events.js';
import { SnapshotModel, shownOf } from '../support/snapshot-model.js';

const item = message('item_0');
// Rare ones that mistakes about what a turn can still take over would change.
const examples: [ThreadEvent[]][] = [
  [[threadStarted(), started(item), turnStarted(), turnCompleted(), turnStarted(), completed(item)]],
  [[turnStarted('u1'), turnCompleted(undefined, 'u1'), started(item), turnStarted('u2'), completed(item, 'u2')]],
  [[turnStarted('u1'), completed(item, 'u2'), turnCompleted(undefined, 'u1'), completed(item, 'u2')]],
];

it('snapshots show what their rules say, whatever comes in whatever order', () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryEvents, denseEvents), (events) => {
      const model = new SnapshotModel();
      let snapshot = emptySnapshot;
      for (const event of events) {
        model.next(event);
        snapshot = reduceSnapshot(snapshot, event);
        expect(shownOf(snapshot)).toEqual(model.shown());
      }
    }),
    { numRuns: 500, examples },
  );
});
