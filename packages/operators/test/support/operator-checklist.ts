// This checklist is shared by specs, and is not a spec.
/* eslint-disable jest/no-export */
import type { ThreadEvent } from '@codex-rx/core/events';
import { concat, NEVER, Observable, type OperatorFunction, of, Subject, take } from 'rxjs';
import { type RunHelpers, TestScheduler } from 'rxjs/testing';

/** Runs marbles on virtual time; `toEqual` compares. */
export function marbles(run: (helpers: RunHelpers) => void): void {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(run);
}

/** `expect.objectContaining` without the `any`. */
export function matching<T extends object>(fields: T): Error & T {
  return expect.objectContaining(fields) as Error & T;
}

interface Checklist<In, Out> {
  /** Creates the operator under test. */
  readonly operator: () => OperatorFunction<In, Out>;
  /** Events each of which makes the operator emit synchronously, so that the first emission follows the first event. */
  readonly sample: readonly [In, ...In[]];
  /** Number of values for the sample. Default: one for each event. */
  readonly emissions?: number;
  /**
   * The values if the source emits the whole sample again while the subscriber handles the first value. Default: the
   * values for the same events one after the other; further values of the first event follow those of the sample.
   */
  readonly again?: readonly Out[];
}

/** Tests the common behavior of all operators. */
export function behavesAsAnOperator<Out, In = ThreadEvent>({
  operator,
  sample,
  emissions = sample.length,
  again,
}: Checklist<In, Out>): void {
  const [first] = sample;

  describe('as an operator', () => {
    it('emits at once and completes with the source', () => {
      const seen: unknown[] = [];
      of(...sample)
        .pipe(operator())
        .subscribe({ next: (value) => seen.push(value), complete: () => seen.push('complete') });
      expect(seen).toHaveLength(emissions + 1);
      expect(seen.at(-1)).toBe('complete');
    });

    it('completes for an empty source', () => {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source$ = cold<In>('--|');
        expectObservable(source$.pipe(operator())).toBe('--|');
        expectSubscriptions(source$.subscriptions).toBe('^-!');
      });
    });

    it('stays silent for a source that never emits', () => {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source$ = cold<In>('-');
        expectObservable(source$.pipe(operator()), '^---!').toBe('-');
        expectSubscriptions(source$.subscriptions).toBe('^---!');
      });
    });

    it('passes an error on', () => {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source$ = cold<In>('--#', undefined, 'boom');
        expectObservable(source$.pipe(operator())).toBe('--#', undefined, 'boom');
        expectSubscriptions(source$.subscriptions).toBe('^-!');
      });
    });

    it('leaves the source when it is left', () => {
      marbles(({ hot, expectObservable, expectSubscriptions }) => {
        const source$ = hot<In>('--x--x--', { x: first });
        expectObservable(source$.pipe(operator()), '^!').toBe('-');
        expectSubscriptions(source$.subscriptions).toBe('^!');
      });
    });

    it('stops a source that emits synchronously when the consumer has enough', () => {
      const source = syncSource(sample);
      source.values$.pipe(operator(), take(1)).subscribe();
      expect(source.produced()).toBeLessThanOrEqual(sample.length);
    });

    it('stands a source that emits again while it emits: no value is lost, doubled or out of order', () => {
      const source$ = new Subject<In>();
      const seen: Out[] = [];
      const subscription = source$.pipe(operator()).subscribe((value) => {
        seen.push(value);
        if (seen.length === 1) for (const event of sample) source$.next(event);
      });
      for (const event of sample) source$.next(event);
      subscription.unsubscribe();
      expect(seen).toEqual(again ?? oneAfterTheOther(operator(), sample));
    });

    it('shares nothing between two subscriptions', () => {
      const shared$ = operator();
      const runs = [0, 1].map(() => {
        const values: unknown[] = [];
        concat(of(...sample), NEVER)
          .pipe(shared$)
          .subscribe((value) => values.push(value))
          .unsubscribe();
        return values;
      });
      expect(runs[0]).toHaveLength(emissions);
      expect(runs[1]).toEqual(runs[0]);
    });
  });
}

/** Emits the sample repeatedly, up to a bound, while it has a subscriber. Counts the values. */
function syncSource<T>(sample: readonly T[]): { values$: Observable<T>; produced: () => number } {
  let produced = 0;
  const values$ = new Observable<T>((subscriber) => {
    for (let i = 0; i < 1000 && !subscriber.closed; i++) {
      produced++;
      subscriber.next(sample[i % sample.length] as T);
    }
  });
  return { values$, produced: () => produced };
}

/**
 * Returns the values of an operator for the sample with a second sample after its first value, without re-entrance.
 */
function oneAfterTheOther<In, Out>(operator$: OperatorFunction<In, Out>, sample: readonly In[]): Out[] {
  const alone = emittedFor(operator$, sample);
  const at = alone.findIndex((values) => values.length > 0);
  const events = [...sample.slice(0, at + 1), ...sample, ...sample.slice(at + 1)];
  const [first = [], ...behind] = emittedFor(operator$, events).slice(at);
  return [
    ...first.slice(0, 1),
    ...behind.slice(0, sample.length).flat(),
    ...first.slice(1),
    ...behind.slice(sample.length).flat(),
  ];
}

/** The values that each of the events gave. */
function emittedFor<In, Out>(operator$: OperatorFunction<In, Out>, events: readonly In[]): Out[][] {
  const source$ = new Subject<In>();
  let values: Out[] = [];
  const subscription = source$.pipe(operator$).subscribe((value) => values.push(value));
  const all = events.map((event) => {
    values = [];
    source$.next(event);
    return values;
  });
  subscription.unsubscribe();
  return all;
}
