/** First in, first out; taking one costs the same however many there are, which `Array.shift` does not promise. */
export class Fifo<T> {
  #values: T[] = [];
  #taken = 0;

  get length(): number {
    return this.#values.length - this.#taken;
  }

  push(value: T): void {
    this.#values.push(value);
  }

  /** The first one; there must be one. */
  take(): T {
    const value = this.#values[this.#taken++] as T;
    // Half of the room is free by then, so that each value is moved once at most on the average.
    if (this.#taken > 64 && this.#taken * 2 > this.#values.length) {
      this.#values = this.#values.slice(this.#taken);
      this.#taken = 0;
    }
    return value;
  }

  clear(): void {
    this.#values = [];
    this.#taken = 0;
  }
}
