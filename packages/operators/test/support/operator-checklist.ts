// A checklist that specs share is no spec itself.
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
  /** The operator under test, anew for each test. */
  readonly operator: () => OperatorFunction<In, Out>;
  /** Events each of which makes the operator emit at once, so that the first emission follows the first event. */
  readonly sample: readonly [In, ...In[]];
  /** How many values the sample gives. Default: one for each event. */
  readonly emissions?: number;
}

/** What holds for every operator, whatever it does. */
export function behavesAsAnOperator<Out, In = ThreadEvent>({
  operator,
  sample,
  emissions = sample.length,
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

    it('stands a source that emits again while it emits', () => {
      const source$ = new Subject<In>();
      let count = 0;
      const subscription = source$.pipe(operator()).subscribe(() => {
        if (++count < 3) for (const value of sample) source$.next(value);
      });
      for (const value of sample) source$.next(value);
      subscription.unsubscribe();
      expect(count).toBeGreaterThanOrEqual(Math.min(emissions, 2));
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

/** Emits the sample again and again, up to a bound, for as long as anybody listens; counts. */
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
