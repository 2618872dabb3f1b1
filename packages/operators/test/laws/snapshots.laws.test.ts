import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import fc from 'fast-check';
import { from, lastValueFrom, toArray } from 'rxjs';
import { snapshots } from '../../src/operators/snapshots.js';
import { arbitraryEvents } from '../support/arbitrary-events.js';

const after = (events: readonly ThreadEvent[], seed = emptySnapshot) => events.reduce(reduceSnapshot, seed);

/** All that a snapshot shows, as plain data. */
const shown = (snapshot: ThreadSnapshot): unknown => ({
  ...(JSON.parse(JSON.stringify(snapshot)) as object),
  itemSnapshots: [...snapshot.items.snapshots()],
});

// Enough runs for rare orders of events.
fc.configureGlobal({ numRuns: 400 });

describe('snapshots, whatever comes in whatever order', () => {
  it('are the reductions of the events', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryEvents, async (events) => {
        const emitted = await lastValueFrom(from(events).pipe(snapshots(), toArray()));
        expect(emitted.map(shown)).toEqual(events.map((_, i) => shown(after(events.slice(0, i + 1)))));
      }),
      { numRuns: 50 },
    );
  });

  it('come to the same end when the log is cut anywhere and continued from the snapshot', () => {
    fc.assert(
      fc.property(arbitraryEvents, fc.nat(), (events, at) => {
        const cut = at % (events.length + 1);
        expect(shown(after(events.slice(cut), after(events.slice(0, cut))))).toEqual(shown(after(events)));
      }),
    );
  });

  it('leave the ones before as they were, and those that branch off untouched by each other', () => {
    fc.assert(
      fc.property(arbitraryEvents, arbitraryEvents, arbitraryEvents, (before, one, other) => {
        const seed = after(before);
        const seedShown = shown(seed);
        const oneSnapshot = after(one, seed);
        const otherShown = shown(after(other, seed));
        expect(shown(seed)).toEqual(seedShown);
        expect(shown(after([...before, ...one]))).toEqual(shown(oneSnapshot));
        expect(shown(after([...before, ...other]))).toEqual(otherShown);
      }),
    );
  });

  it('agree in all their views', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const snapshot = after(events);
        const items = snapshot.items.toArray();
        expect([...snapshot.items]).toEqual(items);
        expect(items).toHaveLength(snapshot.items.length);
        items.forEach((item, i) => {
          expect(snapshot.items.at(i)).toBe(item);
          expect(snapshot.items.snapshotAt(i)).toMatchObject({ index: i, item });
        });
        const ofType = (type: string) => items.filter((item) => item.type === type);
        const ids = new Set(items.map(({ id }) => id).filter((id) => id !== undefined));
        for (const id of ids) expect(snapshot.items.byId(id)).toBe(items.filter((item) => item.id === id).at(-1));
        const all = [...snapshot.items.snapshots()];
        const inTurns = snapshot.turns.toArray().flatMap((turn) =>
          turn.items.toArray().map((item, i) => {
            const [found] = all.filter((each) => each.item === item);
            expect(found).toMatchObject({ run: turn.run, turnId: turn.turnId, attempt: turn.attempt });
            expect(turn.items.at(i)).toBe(item);
            return found?.index;
          }),
        );
        expect(new Set(inTurns).size).toBe(inTurns.length);
        const named = all.filter(({ turnId }) => turnId !== undefined).map(({ index }) => index);
        expect(inTurns).toEqual(expect.arrayContaining(named));
        expect(new Set(snapshot.commands)).toEqual(new Set(ofType('command_execution')));
        expect(new Set(snapshot.messages)).toEqual(new Set(ofType('agent_message')));
        expect([undefined, ...items]).toContain(snapshot.todos);
      }),
    );
  });

  it('have each item once per turn', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const seen = new Set<string>();
        for (const { item, threadId, run, turnId } of after(events).items.snapshots()) {
          if (item.id === undefined || turnId === undefined) continue;
          const key = JSON.stringify([item.id, item.type, threadId, run, turnId]);
          expect(seen).not.toContain(key);
          seen.add(key);
        }
      }),
    );
  });
});
