import fc from 'fast-check';
import { reduceSnapshot } from '../../src/snapshot/reduce-snapshot.js';
import { emptySnapshot } from '../../src/snapshot/state.js';
import { arbitraryEvents } from '../support/arbitrary-events.js';
import { SnapshotModel, shownOf } from '../support/snapshot-model.js';

it('snapshots show what their rules say, whatever comes in whatever order', () => {
  fc.assert(
    fc.property(arbitraryEvents, (events) => {
      const model = new SnapshotModel();
      let snapshot = emptySnapshot;
      for (const event of events) {
        model.next(event);
        snapshot = reduceSnapshot(snapshot, event);
        expect(shownOf(snapshot)).toEqual(model.shown());
      }
    }),
    { numRuns: 500 },
  );
});
