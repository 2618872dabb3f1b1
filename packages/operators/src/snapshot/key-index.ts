/** Values by position. */
export interface Indexed<T> {
  readonly length: number;
  /** The value at a position that is known to exist. */
  get(position: number): T;
}

/** A list that is not longer than this is looked through: that is faster than to make a map. */
const fewValues = 8;

/**
 * Positions by key in a list that grows; keys need not be unique. Shared by the versions of a list and only ever appended to: a version
 * ignores positions beyond its own length, and one that grows although another one has grown from it before (a branch) gets an index of
 * its own. It is filled when something is looked for, not when something is added: who knows by other means that a key is new pays
 * nothing for a large index that is in no cache.
 */
export class KeyIndex<T> {
  readonly #keyOf: (value: T) => string | undefined;
  /** Ascending. */
  #positions: Map<string, number | number[]> | undefined;
  /** How many values, from the first on, are in it. */
  #indexed = 0;
  /** Length of the longest version that shares it. */
  #tip = 0;

  constructor(keyOf: (value: T) => string | undefined) {
    this.#keyOf = keyOf;
  }

  /** Position of the latest of the values with this key, not before `from`, that is accepted; or -1. */
  find(values: Indexed<T>, key: string, from: number, accept: (value: T) => boolean): number {
    if (values.length <= fewValues) return this.#lookedThrough(values, key, from, accept);
    const positions = this.#positionsIn(values).get(key);
    if (positions === undefined) return -1;
    if (typeof positions === 'number') {
      return positions >= from && positions < values.length && accept(values.get(positions)) ? positions : -1;
    }
    for (let i = positions.length - 1; i >= 0; i--) {
      const position = positions[i] ?? -1;
      if (position < from) return -1;
      if (position < values.length && accept(values.get(position))) return position;
    }
    return -1;
  }

  /** The index for a list of the one length when it grows to the other. */
  grownFrom(length: number, grown: number): KeyIndex<T> {
    // The empty list is a constant of the module: its index must not become that of a stream.
    const index = this.#tip === length && length > 0 ? this : new KeyIndex(this.#keyOf);
    index.#tip = grown;
    return index;
  }

  #lookedThrough(values: Indexed<T>, key: string, from: number, accept: (value: T) => boolean): number {
    for (let position = values.length - 1; position >= from; position--) {
      const value = values.get(position);
      if (this.#keyOf(value) === key && accept(value)) return position;
    }
    return -1;
  }

  #positionsIn(values: Indexed<T>): Map<string, number | number[]> {
    this.#positions ??= new Map();
    for (; this.#indexed < values.length; this.#indexed++) {
      const key = this.#keyOf(values.get(this.#indexed));
      if (key !== undefined) add(this.#positions, key, this.#indexed);
    }
    return this.#positions;
  }
}

function add(positions: Map<string, number | number[]>, key: string, position: number): void {
  const known = positions.get(key);
  if (known === undefined) positions.set(key, position);
  else if (typeof known === 'number') positions.set(key, [known, position]);
  else known.push(position);
}
