import { BehaviorSubject, type Observable, type Subscription } from 'rxjs';

const HIGH_WATER_MARK = 64;

/**
 * Iterates over the values of an Observable. Subscribes with the first request for a value, pauses the source while
 * many values wait, and unsubscribes when the loop ends early.
 */
export async function* iterate<T>(project$: (paused$: Observable<boolean>) => Observable<T>): AsyncGenerator<T> {
  const paused$ = new BehaviorSubject(false);
  const values: T[] = [];
  let end: { readonly error?: unknown } | undefined;
  let wake: () => void = () => undefined;
  const subscription: Subscription = project$(paused$).subscribe({
    next: (value) => {
      values.push(value);
      if (values.length >= HIGH_WATER_MARK && !paused$.value) paused$.next(true);
      wake();
    },
    error: (error: unknown) => {
      end = { error };
      wake();
    },
    complete: () => {
      end = {};
      wake();
    },
  });
  try {
    for (;;) {
      while (values.length > 0) yield values.shift() as T;
      if (paused$.value) paused$.next(false);
      if (end !== undefined) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if ('error' in end) throw end.error;
  } finally {
    subscription.unsubscribe();
  }
}
