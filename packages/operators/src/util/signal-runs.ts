import { onPendingRun } from '@codex-rx/core/interop';

/**
 * The processes that got a signal, until all are gone. Runs register themselves under a key of the signal: an
 * operator may end the stream of a run before its process.
 */
export class SignalRuns {
  readonly #pending = new Set<Promise<unknown>>();

  constructor(signal: AbortSignal) {
    onPendingRun(signal, (settled) => {
      this.#pending.add(settled);
      const remove = (): void => {
        this.#pending.delete(settled);
      };
      settled.then(remove, remove);
    });
  }

  /** Calls back when no process is left, synchronously if there is none now. */
  whenGone(callback: () => void): void {
    if (this.#pending.size === 0) {
      callback();
      return;
    }
    void Promise.allSettled(this.#pending).then(() => {
      this.whenGone(callback);
    });
  }
}
