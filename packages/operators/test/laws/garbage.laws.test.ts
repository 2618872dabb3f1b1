import { decodeEvents, emptySnapshot, reduceSnapshot, type ThreadEvent } from '@codex-rx/core/events';
import fc from 'fast-check';
import { from, map } from 'rxjs';
import { arbitraryEvents, denseEvents } from '../support/arbitrary-events.js';

/** Where something in an event is replaced: by its path, each step modulo the number of fields there. */
interface Damage {
  readonly event: number;
  readonly path: readonly number[];
  readonly value: unknown;
}

const arbitraryDamage: fc.Arbitrary<Damage> = fc.record({
  event: fc.nat({ max: 60 }),
  path: fc.array(fc.nat({ max: 8 }), { minLength: 1, maxLength: 4 }),
  value: fc.constantFrom(null, 5, '', 'x', true, [], [null], [5], {}, [{}], { id: 5 }),
});

function damaged(events: readonly ThreadEvent[], damages: readonly Damage[]): unknown[] {
  const all = JSON.parse(JSON.stringify(events)) as unknown[];
  for (const { event, path, value } of damages) {
    if (all.length > 0) all[event % all.length] = replaced(all[event % all.length], path, value);
  }
  return all;
}

function replaced(within: unknown, [step, ...rest]: readonly number[], value: unknown): unknown {
  if (step === undefined || typeof within !== 'object' || within === null) return value;
  const entries = Object.entries(within);
  const at = step % Math.max(1, entries.length);
  const changed = entries.map(([key, own]: [string, unknown], i): [string, unknown] => [
    key,
    i === at ? replaced(own, rest, value) : own,
  ]);
  return Array.isArray(within) ? changed.map(([, own]) => own) : Object.fromEntries(changed);
}

/** All that a snapshot shows. */
const shown = (snapshot: typeof emptySnapshot): string =>
  JSON.stringify([snapshot, ...snapshot.items.snapshots(), ...[...snapshot.turns].map(({ items }) => items)]);

const arbitraryLog = fc.tuple(
  fc.oneof(arbitraryEvents, denseEvents),
  fc.array(arbitraryDamage, { minLength: 1, maxLength: 6 }),
);

describe('snapshots of damaged logs', () => {
  it('show what can be shown of whatever the decoder lets through', () => {
    fc.assert(
      fc.property(arbitraryLog, ([log, damages]) => {
        const events: ThreadEvent[] = [];
        from(damaged(log, damages).map((event) => JSON.stringify(event)))
          .pipe(decodeEvents())
          .subscribe((event) => events.push(event));
        const snapshot = events.reduce(reduceSnapshot, emptySnapshot);
        expect(() => shown(snapshot)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it.each([[[null]], [[{ path: 5 }]], [5], [null]])('show a patch whose pieces say that it changes %j', (changes) => {
    const item_id = 'item_0';
    const events: ThreadEvent[] = [];
    from([
      { type: 'item.delta', item_id, item_type: 'file_change', delta: { changes } },
      { type: 'item.failed', item_id, error: { message: 'no' } },
    ])
      .pipe(
        map((event) => JSON.stringify(event)),
        decodeEvents({ strict: true }),
      )
      .subscribe((event) => events.push(event));
    const { items, files } = events.reduce(reduceSnapshot, emptySnapshot);
    expect(items.at(0)).toMatchObject({ type: 'file_change', changes });
    expect(files).toHaveLength(0);
  });

  it('are refused at the event that is damaged, if at all: not when somebody looks', () => {
    fc.assert(
      fc.property(arbitraryLog, ([log, damages]) => {
        let snapshot = emptySnapshot;
        for (const event of damaged(log, damages)) {
          try {
            snapshot = reduceSnapshot(snapshot, event as ThreadEvent);
          } catch (error) {
            if (!(error instanceof TypeError)) throw error;
          }
        }
        expect(() => shown(snapshot)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
