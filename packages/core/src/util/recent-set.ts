/** The values that were added last. */
export class RecentSet<T> {
  readonly #values = new Set<T>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(value: T): void {
    this.#values.delete(value);
    this.#values.add(value);
    const [oldest] = this.#values;
    if (this.#values.size > this.#limit) this.#values.delete(oldest as T);
  }

  has(value: T): boolean {
    return this.#values.has(value);
  }

  delete(value: T): void {
    this.#values.delete(value);
  }
}
