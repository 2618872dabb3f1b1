import { type Deferred, deferred } from '../util/deferred.js';

/** Why a run is ended before it ends by itself. */
export type StopReason =
  /** The turn is over, and the process stays too long: the outcome is what it was. */
  | { readonly kind: 'linger' }
  /** Nobody listens any more. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'complete' }
  | { readonly kind: 'error'; readonly error: unknown };

/** Leaves the start of a run that was ended meanwhile. */
class StoppedError extends Error {}

/** The first cause that ends a run early; later ones change nothing. */
export class StopController {
  readonly whenStopped: Deferred = deferred();
  reason: StopReason | undefined;

  get cause(): StopReason | undefined {
    return this.reason;
  }

  /** Settles when there is a cause; never rejects. */
  get happened(): Promise<void> {
    return this.whenStopped.promise;
  }

  /** Whether this was the first. */
  stop(cause: StopReason): boolean {
    if (this.reason !== undefined) return false;
    this.reason = cause;
    this.whenStopped.resolve();
    return true;
  }

  /** Throws if there is a cause. */
  throwIfStopped(): void {
    if (this.reason !== undefined) throw new StoppedError();
  }

  /** What `work` resolves to, unless the end comes first: then it throws. */
  async race<T>(work: Promise<T>): Promise<T> {
    const result = await Promise.race([work, this.whenStopped.promise.then(() => new StoppedError())]);
    if (result instanceof StoppedError) throw result;
    return result;
  }
}
