import { type Deferred, deferred } from '../util/deferred.js';

/** Why a run is ended before it ends by itself. */
export type Ending =
  /** The turn is over, and the process stays too long: the outcome is what it was. */
  | { readonly how: 'linger' }
  /** Nobody listens any more. */
  | { readonly how: 'silent' }
  | { readonly how: 'complete' }
  | { readonly how: 'error'; readonly error: unknown };

/** Leaves the start of a run that was ended meanwhile. */
class Stopped extends Error {}

/** The first cause that ends a run early; later ones change nothing. */
export class EarlyEnd {
  readonly #happened: Deferred = deferred();
  #cause: Ending | undefined;

  get cause(): Ending | undefined {
    return this.#cause;
  }

  /** Settles when there is a cause; never rejects. */
  get happened(): Promise<void> {
    return this.#happened.promise;
  }

  /** Whether this was the first. */
  set(cause: Ending): boolean {
    if (this.#cause !== undefined) return false;
    this.#cause = cause;
    this.#happened.resolve();
    return true;
  }

  /** Throws if there is a cause. */
  check(): void {
    if (this.#cause !== undefined) throw new Stopped();
  }

  /** What `work` resolves to, unless the end comes first: then it throws. */
  async orStopped<T>(work: Promise<T>): Promise<T> {
    const result = await Promise.race([work, this.#happened.promise.then(() => new Stopped())]);
    if (result instanceof Stopped) throw result;
    return result;
  }
}
