/** One timer that can be set, set anew and cleared. Delays are whole milliseconds that `setTimeout` can take. */
export class Countdown {
  #timer: NodeJS.Timeout | undefined;

  set(ms: number, expire: () => void): void {
    this.clear();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      expire();
    }, ms);
  }

  /** As {@link set}; 0 and `Infinity` are no limit. */
  limit(ms: number, expire: () => void): void {
    if (ms > 0 && Number.isFinite(ms)) this.set(ms, expire);
    else this.clear();
  }

  /** Begins anew, if it is running. */
  restart(): void {
    this.#timer?.refresh();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
