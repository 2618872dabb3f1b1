import { type MonoTypeOperatorFunction, mergeMap, Observable, ReplaySubject, Subject, takeUntil, tap } from 'rxjs';

/** Subscribes to at most `limit` sources at the same time; the others wait for their turn. Sources must not error. */
export function limitConcurrency<T>(limit: number | undefined): MonoTypeOperatorFunction<T> {
  if (limit === undefined) return (source$) => source$;
  const sources$ = new Subject<Observable<T>>();
  sources$.pipe(mergeMap((source$) => source$, limit)).subscribe();
  return (source$) =>
    new Observable((subscriber) => {
      const unsubscribed$ = new ReplaySubject<void>(1);
      // A source without a subscriber completes when its turn comes.
      sources$.next(source$.pipe(tap(subscriber), takeUntil(unsubscribed$)));
      return () => {
        unsubscribed$.next();
      };
    });
}
