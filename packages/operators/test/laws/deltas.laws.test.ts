import {
  emptySnapshot,
  type ItemDeltaEvent,
  reduceSnapshot,
  type ThreadEvent,
  type ThreadItem,
} from '@codex-rx/core/events';
import fc from 'fast-check';
import { from, lastValueFrom, toArray } from 'rxjs';
import { textDeltas } from '../../src/operators/text-deltas.js';
import { command, completed, message, started, threadStarted, turnCompleted, turnStarted } from '../support/events.js';

/** How an item of a type comes in pieces. */
interface Kind {
  readonly field: 'text_delta' | 'output_delta';
  /** The item once it has this text. */
  readonly item: (id: string, text: string) => ThreadItem;
}
const kinds = {
  agent_message: { field: 'text_delta', item: message },
  reasoning: { field: 'text_delta', item: (id, text) => ({ id, type: 'reasoning', text }) },
  plan: { field: 'text_delta', item: (id, text) => ({ id, type: 'plan', text }) },
  // Its start may be missing, and a delta of its output does not name the command.
  command_execution: {
    field: 'output_delta',
    item: (id, text) => command(id, { command: '', aggregated_output: text }),
  },
} satisfies Record<string, Kind>;
const types = Object.keys(kinds) as (keyof typeof kinds)[];

interface PiecedItem {
  readonly type: keyof typeof kinds;
  /** `undefined`: its first event is a delta. */
  readonly begins: string | undefined;
  readonly pieces: readonly string[];
  /** Whether its completion is emitted. */
  readonly ends: boolean;
}
const arbitraryItem: fc.Arbitrary<PiecedItem> = fc.record({
  type: fc.constantFrom(...types),
  begins: fc.option(fc.string(), { nil: undefined }),
  pieces: fc.array(fc.string(), { minLength: 1, maxLength: 8 }),
  ends: fc.boolean(),
});
/** Turns of items, and the item that continues at each step: the items of a turn interleave. */
const arbitraryTurns = fc.array(
  fc.record({ items: fc.array(arbitraryItem, { maxLength: 10 }), steps: fc.array(fc.nat(), { maxLength: 30 }) }),
  { maxLength: 4 },
);

const textOf = ({ begins = '', pieces }: PiecedItem) => begins + pieces.join('');
// Ids restart with each turn.
const whole = (each: PiecedItem, n: number) => kinds[each.type].item(`item_${String(n)}`, textOf(each));

/** The events up to the last piece of an item. */
function told({ type, begins, pieces }: PiecedItem, n: number, turn_id: string): ThreadEvent[] {
  const { field, item } = kinds[type];
  const item_id = `item_${String(n)}`;
  const deltas = pieces.map((piece): ItemDeltaEvent => {
    return { type: 'item.delta', item_id, item_type: type, delta: { [field]: piece }, turn_id };
  });
  return begins === undefined ? deltas : [started(item(item_id, begins), turn_id), ...deltas];
}

function completion(each: PiecedItem, n: number, turn_id: string): ThreadEvent[] {
  return each.ends ? [completed(whole(each, n), turn_id)] : [];
}

function interleaved(streams: readonly (readonly ThreadEvent[])[], steps: readonly number[]): ThreadEvent[] {
  const left = streams.map((stream) => [...stream]).filter((stream) => stream.length > 0);
  const events: ThreadEvent[] = [];
  for (let step = 0; left.length > 0; step++) {
    const at = (steps[step % steps.length] ?? 0) % left.length;
    events.push(...(left[at]?.splice(0, 1) ?? []));
    if (left[at]?.length === 0) left.splice(at, 1);
  }
  return events;
}

const byId = (a: ThreadItem, b: ThreadItem) => String(a.id).localeCompare(String(b.id));

describe('pieces of items, however the items are interleaved', () => {
  it('come to the same as the completed items', () => {
    fc.assert(
      fc.property(arbitraryTurns, fc.boolean(), (turns, looks) => {
        let snapshot = reduceSnapshot(emptySnapshot, threadStarted());
        const reduce = (event: ThreadEvent) => {
          snapshot = reduceSnapshot(snapshot, event);
          // Reading a snapshot in between must not change the next one.
          if (looks) JSON.stringify(snapshot);
        };
        const shown = () => snapshot.turns.toArray().map(({ items }) => items.toArray().sort(byId));
        const expected: ThreadItem[][] = [];
        for (const [number, { items, steps }] of turns.entries()) {
          const turn_id = `u${String(number)}`;
          reduce(turnStarted(turn_id));
          const streams = items.map((each, n) => told(each, n, turn_id));
          for (const event of interleaved(streams, steps)) reduce(event);
          expected.push(items.map(whole).sort(byId));
          expect(shown()).toEqual(expected);
          for (const [n, each] of items.entries()) completion(each, n, turn_id).forEach(reduce);
          expect(shown()).toEqual(expected);
          reduce(turnCompleted(undefined, turn_id));
        }
        expect(snapshot.items).toHaveLength(expected.flat().length);
        const ofType = (type: string) => expected.flat().filter((item) => item.type === type);
        expect(snapshot.messages).toHaveLength(ofType('agent_message').length);
        expect(snapshot.commands).toHaveLength(ofType('command_execution').length);
        const states = [...snapshot.items.snapshots()].map(({ state }) => state);
        const ended = turns.flatMap(({ items }) => items.filter(({ ends }) => ends));
        expect(states.filter((state) => state === 'completed')).toHaveLength(ended.length);
      }),
      { numRuns: 300 },
    );
  });

  it('of messages come through textDeltas() with nothing lost and nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTurns, async (turns) => {
        const events = turns.flatMap(({ items, steps }, number) => {
          const turn_id = `u${String(number)}`;
          const streams = items.map((each, n) => [...told(each, n, turn_id), ...completion(each, n, turn_id)]);
          return [turnStarted(turn_id), ...interleaved(streams, steps), turnCompleted(undefined, turn_id)];
        });
        const emitted = await lastValueFrom(from(events).pipe(textDeltas(), toArray()));
        for (const [number, { items }] of turns.entries()) {
          for (const [n, each] of items.entries()) {
            const own = emitted.filter(
              ({ turnId, itemId }) => turnId === `u${String(number)}` && itemId === `item_${String(n)}`,
            );
            const isMessage = each.type === 'agent_message';
            expect(own.map(({ text }) => text).join('')).toBe(isMessage ? textOf(each) : '');
            const ended = own.flatMap(({ completed: isLast }, i) => (isLast ? [i] : []));
            expect(ended).toEqual(isMessage && each.ends ? [own.length - 1] : []);
            expect(own.filter(({ replaces }) => replaces)).toEqual([]);
          }
        }
      }),
    );
  });
});
