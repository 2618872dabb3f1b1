import { IdleTimeoutError } from '@codex-rx/core/errors';
import { type ThreadEvent, terminalTypeOf } from '@codex-rx/core/events';
import fc from 'fast-check';
import { Subject } from 'rxjs';
import { idleTimeout } from '../../src/operators/idle-timeout.js';
import { arbitraryEvents } from '../support/arbitrary-events.js';

const limits = fc.record({
  first: fc.integer({ min: 1, max: 20 }),
  each: fc.integer({ min: 1, max: 20 }),
  whileRunning: fc.integer({ min: 1, max: 60 }),
});
/** Milliseconds before each event, again and again. */
const gaps = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 8 });
const activities = fc.option(
  fc.uniqueArray(fc.constantFrom<ThreadEvent['type'][]>('item.completed', 'item.delta', 'unknown')),
);

describe('idleTimeout, whatever comes and whatever counts as activity', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it('hits the limit of the phase, as many milliseconds after an event, and none of activity in between', () => {
    fc.assert(
      fc.property(arbitraryEvents, gaps, limits, activities, (events, waits, config, types) => {
        jest.setSystemTime(0);
        const isActivity = ({ type }: ThreadEvent) => (types === null ? type !== 'error' : types.includes(type));
        const source$ = new Subject<ThreadEvent>();
        let end: { readonly error: unknown; readonly at: number } | undefined;
        const operator$ = idleTimeout({ ...config, isActivity: types === null ? undefined : isActivity });
        source$.pipe(operator$).subscribe({ error: (error: unknown) => (end = { error, at: Date.now() }) });

        const times = [0];
        let lastActivity = 0;
        // In a single turn without an end: no limit applies between turns.
        for (const [i, event] of events.filter((event) => terminalTypeOf(event) === undefined).entries()) {
          jest.advanceTimersByTime(waits[i % waits.length] ?? 0);
          if (end !== undefined) break;
          times.push(Date.now());
          if (isActivity(event)) lastActivity = Date.now();
          source$.next(event);
        }
        jest.advanceTimersByTime(60);

        const { error, at = 0 } = end ?? {};
        if (!(error instanceof IdleTimeoutError)) throw new Error('no limit was hit');
        const { idleFor, phase, seen } = error.info;
        expect(idleFor).toBe(config[phase]);
        expect(times).toContain(at - idleFor);
        expect(at - lastActivity).toBeGreaterThanOrEqual(idleFor);
        expect(seen).toBe(times.length - 1);
      }),
      {
        numRuns: 300,
        // The new limit ends when the timer of the old one is due.
        examples: [
          [
            [{ type: 'item.failed', item_id: 'item_0', error: { message: '' } }],
            [4, 0],
            { first: 6, each: 1, whileRunning: 1 },
            null,
          ],
        ],
      },
    );
  });
});
