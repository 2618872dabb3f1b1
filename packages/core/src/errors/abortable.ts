import { Observable } from 'rxjs';
import { onAbort } from '../util/on-abort.js';
import { AbortError } from './index.js';

/** Errors with an `AbortError` when the signal is aborted. */
export function abortable<T>(source$: Observable<T>, signal: AbortSignal | undefined): Observable<T> {
  if (signal === undefined) return source$;
  return new Observable((subscriber) => {
    const unfollow = onAbort(signal, () => {
      subscriber.error(new AbortError(signal.reason));
    });
    subscriber.add(unfollow);
    if (!subscriber.closed) subscriber.add(source$.subscribe(subscriber));
  });
}
