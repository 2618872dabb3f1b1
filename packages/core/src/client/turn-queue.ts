import { Observable } from 'rxjs';
import { AbortError, SessionError } from '../errors/index.js';
import { deferred } from '../util/deferred.js';
import { onAbort } from '../util/on-abort.js';

/** A turn waits while another turn of its thread runs, or errors with a `SessionError`. */
export type WhenBusy = 'wait' | 'error';

/** Subscribes to one Observable at a time, in the order of the subscriptions. */
export class TurnQueue {
  readonly #whenBusy: WhenBusy;
  /** Resolves when all turns so far have ended. */
  #ended: Promise<void> = Promise.resolve();
  #count = 0;

  constructor(whenBusy: WhenBusy) {
    this.#whenBusy = whenBusy;
  }

  /**
   * @param session names the thread in errors
   * @param signal aborts the turn while it waits
   */
  add<T>(turn$: Observable<T>, session: () => string, signal?: AbortSignal): Observable<T> {
    return new Observable((subscriber) => {
      if (this.#count > 0 && this.#whenBusy === 'error') {
        const problem = 'Another turn of this thread is running. Wait for its end, or set "whenBusy" to "wait".';
        subscriber.error(new SessionError('SESSION_BUSY', session(), problem));
        return;
      }
      const predecessors = this.#count > 0 ? this.#ended : undefined;
      const turn = deferred();
      this.#ended = Promise.all([this.#ended, turn.promise]).then(() => undefined);
      this.#count++;
      subscriber.add(() => {
        this.#count--;
        turn.resolve();
      });
      if (predecessors === undefined) {
        turn$.subscribe(subscriber);
        return;
      }
      const unfollow =
        signal === undefined
          ? undefined
          : onAbort(signal, () => {
              subscriber.error(new AbortError(signal.reason));
            });
      subscriber.add(unfollow);
      void predecessors.then(() => {
        unfollow?.();
        if (!subscriber.closed) turn$.subscribe(subscriber);
      });
    });
  }
}
