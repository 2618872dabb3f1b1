import { catchError, defer, EMPTY, map, mergeMap, type Observable, range, reduce, throwIfEmpty } from 'rxjs';

interface Rated<T> {
  readonly value: T;
  readonly score: number;
}

/**
 * Makes `n` attempts, at most `concurrency` at a time, and emits the best value. Ignores failed attempts, unless all
 * attempts fail.
 */
export function bestOf$<T>(
  n: number,
  concurrency: number,
  attempt$: (index: number) => Observable<T>,
  scoreOf: (value: T) => number,
): Observable<T> {
  return defer(() => {
    const failures: unknown[] = [];
    return range(0, n).pipe(
      mergeMap(
        (index) =>
          defer(() => attempt$(index)).pipe(
            map((value): Rated<T> => ({ value, score: scoreOf(value) })),
            catchError((error: unknown) => {
              failures.push(error);
              return EMPTY;
            }),
          ),
        concurrency,
      ),
      reduce((best, rated) => (rated.score > best.score ? rated : best)),
      throwIfEmpty(() => new AggregateError(failures, `All ${String(n)} attempts failed`)),
      map(({ value }) => value),
    );
  });
}
