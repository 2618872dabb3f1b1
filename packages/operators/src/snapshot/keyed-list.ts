import { emptyVector, type PersistentVector } from './persistent-vector.js';

/** Positions by key, ascending. Shared by all versions of a list and only ever appended to. */
interface KeyIndex {
  readonly positions: Map<string, number | number[]>;
  /** Length of the longest list that is described. */
  size: number;
}

/**
 * An immutable list whose values can be found by a key that need not be unique.
 *
 * The index is shared between versions: a version ignores positions beyond its own length, and a version that grows although another
 * one has grown from it before (a branch) takes a copy. So a stream, which has one line of versions, pays a map look-up per value.
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
    const positions = this.#index.positions.get(key);
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
    const isTip = this.#index.size === this.length && this.length > 0;
    const index = isTip ? this.#index : indexOf(this.vector, this.#keyOf);
    add(index, this.#keyOf(value), this.length);
    return new KeyedList(this.vector.push(value), this.#keyOf, index);
  }

  /** The key of the value must be that of the value that it replaces. */
  set(position: number, value: T): KeyedList<T> {
    return new KeyedList(this.vector.set(position, value), this.#keyOf, this.#index);
  }
}

export function emptyKeyedList<T>(keyOf: (value: T) => string | undefined): KeyedList<T> {
  return new KeyedList(emptyVector<T>(), keyOf, { positions: new Map(), size: 0 });
}

function add(index: KeyIndex, key: string | undefined, position: number): void {
  index.size = position + 1;
  if (key === undefined) return;
  const known = index.positions.get(key);
  if (known === undefined) index.positions.set(key, position);
  else if (typeof known === 'number') index.positions.set(key, [known, position]);
  else known.push(position);
}

function indexOf<T>(vector: PersistentVector<T>, keyOf: (value: T) => string | undefined): KeyIndex {
  const index: KeyIndex = { positions: new Map(), size: 0 };
  let position = 0;
  for (const value of vector) add(index, keyOf(value), position++);
  return index;
}
