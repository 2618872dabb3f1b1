import { type Deferred, deferred } from '../util/deferred.js';

/** Why a run stops before it ends by itself. */
export type StopReason =
  /** The turn is over and the process stays too long. The outcome does not change. */
  | { readonly kind: 'linger' }
  | { readonly kind: 'unsubscribed' }
  /** The `lines` operator completed. */
  | { readonly kind: 'complete' }
  | { readonly kind: 'error'; readonly error: unknown };

/** Thrown to abort the start of a run that has been stopped. */
class StoppedError extends Error {}

/** Stops the start of a run. The first reason counts. */
export class StopController {
  readonly #stopped: Deferred = deferred();
  #reason: StopReason | undefined;

  get reason(): StopReason | undefined {
    return this.#reason;
  }

  /** Resolves when there is a reason; never rejects. */
  get whenStopped(): Promise<void> {
    return this.#stopped.promise;
  }

  /** Returns whether this reason is the first one. */
  stop(reason: StopReason): boolean {
    if (this.#reason !== undefined) return false;
    this.#reason = reason;
    this.#stopped.resolve();
    return true;
  }

  throwIfStopped(): void {
    if (this.#reason !== undefined) throw new StoppedError();
  }

  /** Resolves or rejects as `work` does, and rejects as soon as there is a reason to stop. */
  async race<T>(work: Promise<T>): Promise<T> {
    const result = await Promise.race([work, this.#stopped.promise.then(() => new StoppedError())]);
    if (result instanceof StoppedError) throw result;
    return result;
  }
}
