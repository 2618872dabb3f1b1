/** One timer that can be set, set anew and cleared; no time limit (0, `Infinity`) is no timer. */
export class Countdown {
  #timer: NodeJS.Timeout | undefined;

  /** Longer delays overflow in Node and would fire at once. */
  static readonly LONGEST = 2 ** 31 - 1;

  set(ms: number, expire: () => void): void {
    this.clear();
    if (ms > 0 && ms <= Countdown.LONGEST) this.#timer = setTimeout(expire, ms);
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
