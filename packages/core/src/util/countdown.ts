/** A timer that can be set, restarted and cleared. Delays are whole milliseconds in the range of `setTimeout`. */
export class Countdown {
  #timer: NodeJS.Timeout | undefined;

  set(ms: number, expire: () => void): void {
    this.clear();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      expire();
    }, ms);
  }

  /** Like {@link set}; 0 and `Infinity` mean no limit. */
  limit(ms: number, expire: () => void): void {
    if (ms > 0 && Number.isFinite(ms)) this.set(ms, expire);
    else this.clear();
  }

  /** Restarts a running timer. */
  restart(): void {
    this.#timer?.refresh();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
