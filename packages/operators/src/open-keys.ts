/** A set of the keys of what is open. Mostly that is one thing: a `Set` for it would be a sixth of what `idleTimeout` costs. */
export class OpenKeys {
  #first: string | undefined;
  /** Those that were added while there was one. */
  #others: Set<string> | undefined;

  get isEmpty(): boolean {
    return this.#first === undefined && this.#others === undefined;
  }

  add(key: string): void {
    if (this.#first === key) return;
    if (this.isEmpty) this.#first = key;
    else this.#others = (this.#others ?? new Set()).add(key);
  }

  delete(key: string): void {
    if (this.#first === key) this.#first = undefined;
    else if (this.#others?.delete(key) === true && this.#others.size === 0) this.#others = undefined;
  }

  /** Takes out all that begin like this. */
  deleteAll(prefix: string): void {
    if (this.isEmpty) return;
    for (const key of [this.#first, ...(this.#others ?? [])]) if (key?.startsWith(prefix)) this.delete(key);
  }
}
