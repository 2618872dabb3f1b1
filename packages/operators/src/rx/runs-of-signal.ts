/** Registered, so that packages need not know each other. */
const key = Symbol.for('@codex-rx/settling');

/**
 * The processes that got a signal, until nothing of them is left. The run layer tells of them under a key of the signal: a stream cannot,
 * as operators may end it before its process.
 */
export class RunsOfSignal {
  readonly #living = new Set<Promise<unknown>>();

  constructor(signal: AbortSignal) {
    Object.defineProperty(signal, key, {
      value: (settled: Promise<unknown>) => {
        this.#living.add(settled);
        const forget = (): void => {
          this.#living.delete(settled);
        };
        settled.then(forget, forget);
      },
    });
  }

  /** Calls back when there is none; at once if that is so now. */
  whenGone(callback: () => void): void {
    if (this.#living.size === 0) {
      callback();
      return;
    }
    void Promise.allSettled(this.#living).then(() => {
      this.whenGone(callback);
    });
  }
}
