// Converts an async generator to an Observable. A pause delays the next request; unsubscribing aborts the signal and
// returns from the generator, as `break` in `for await` does.
import { filter, firstValueFrom, Observable, of } from 'rxjs';

/**
 * @param {(signal: AbortSignal) => AsyncIterable<unknown>} start receives a signal that is aborted by the signal of the
 * request, by its time limit, and on unsubscribe
 */
export function pull({ signal, timeout, paused$ = of(false) }, start) {
  return new Observable((subscriber) => {
    const left = new AbortController();
    const limits = [signal, timeout === undefined ? undefined : AbortSignal.timeout(timeout)].filter(Boolean);
    const limit = AbortSignal.any([left.signal, ...limits]);
    const resumed = () => firstValueFrom(paused$.pipe(filter((isPaused) => !isPaused)), { defaultValue: false });
    let hasEnded = false;
    const read = async () => {
      for await (const event of start(limit)) {
        if (subscriber.closed) return;
        subscriber.next(event);
        if (subscriber.closed) return;
        await resumed();
      }
    };
    const end = (settle) => {
      hasEnded = true;
      settle();
    };
    read().then(
      () => end(() => subscriber.complete()),
      (error) => end(() => subscriber.error(error)),
    );
    return () => {
      if (!hasEnded) left.abort(new Error('unsubscribed'));
    };
  });
}
