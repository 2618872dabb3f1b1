import { emptyVector, type PersistentVector } from './persistent-vector.js';

/** Positions by key, ascending. Shared by the versions of a list and only ever appended to. */
interface KeyIndex {
  readonly positions: Map<string, number | number[]>;
  /** How many values, from the first on, are in it. */
  indexed: number;
  /** Length of the longest version that shares it. */
  tip: number;
}

/**
 * An immutable list whose values can be found by a key that need not be unique.
 *
 * The index is shared between versions: a version ignores positions beyond its own length, and one that grows although another one has
 * grown from it before (a branch) gets an index of its own. It is filled when something is looked for, not when something is added: who
 * knows by other means that a key is new pays nothing for a large index that is in no cache.
 */
export class KeyedList<T> {
  readonly vector: PersistentVector<T>;
  readonly #keyOf: (value: T) => string | undefined;
  readonly #index: KeyIndex;

  constructor(vector: PersistentVector<T>, keyOf: (value: T) => string | undefined, index: KeyIndex) {
    this.vector = vector;
    this.#keyOf = keyOf;
    this.#index = index;
  }

  get length(): number {
    return this.vector.length;
  }

  get(position: number): T {
    return this.vector.get(position);
  }

  /** Position of the latest value with this key, not before `from`, that is accepted; or -1. */
  find(key: string, from: number, accept: (value: T) => boolean): number {
    const positions = this.#positions().get(key);
    if (positions === undefined) return -1;
    if (typeof positions === 'number') {
      return positions >= from && positions < this.length && accept(this.get(positions)) ? positions : -1;
    }
    for (let i = positions.length - 1; i >= 0; i--) {
      const position = positions[i] ?? -1;
      if (position < from) return -1;
      if (position < this.length && accept(this.get(position))) return position;
    }
    return -1;
  }

  push(value: T): KeyedList<T> {
    // The empty list is a constant of the module: its index must not become that of a stream.
    const isTip = this.#index.tip === this.length && this.length > 0;
    const index = isTip ? this.#index : emptyIndex();
    index.tip = this.length + 1;
    return new KeyedList(this.vector.push(value), this.#keyOf, index);
  }

  /** The key of the value must be that of the value that it replaces. */
  set(position: number, value: T): KeyedList<T> {
    return new KeyedList(this.vector.set(position, value), this.#keyOf, this.#index);
  }

  #positions(): KeyIndex['positions'] {
    const index = this.#index;
    for (; index.indexed < this.length; index.indexed++) {
      const key = this.#keyOf(this.get(index.indexed));
      if (key !== undefined) add(index.positions, key, index.indexed);
    }
    return index.positions;
  }
}

export function emptyKeyedList<T>(keyOf: (value: T) => string | undefined): KeyedList<T> {
  return new KeyedList(emptyVector<T>(), keyOf, emptyIndex());
}

function emptyIndex(): KeyIndex {
  return { positions: new Map(), indexed: 0, tip: 0 };
}

function add(positions: KeyIndex['positions'], key: string, position: number): void {
  const known = positions.get(key);
  if (known === undefined) positions.set(key, position);
  else if (typeof known === 'number') positions.set(key, [known, position]);
  else known.push(position);
}
