import { emptyVector, type PersistentVector } from './persistent-vector.js';

type KeyOf<T> = (value: T) => string | undefined;
/** More keys of a value, which distinguish values with the same key. */
type SubkeysOf<T> = (value: T) => readonly string[];

/**
 * An immutable list with an index of its values by key. Keys need not be unique.
 *
 * `find` does not depend on the length, except that it examines the values with the same key from the last to the
 * first.
 */
export class KeyedList<T> {
  readonly vector: PersistentVector<T>;
  readonly #index: KeyIndex<T>;

  constructor(vector: PersistentVector<T>, index: KeyIndex<T>) {
    this.vector = vector;
    this.#index = index;
  }

  get length(): number {
    return this.vector.length;
  }

  /** Returns the value at a position between 0 and `length - 1`. */
  get(position: number): T {
    return this.vector.get(position);
  }

  /** Returns the position of the last accepted value with this key, not before `from`, or -1. */
  find(key: string, from: number, accept: (value: T) => boolean): number {
    return this.#lastOf(this.#index.positionsOf(key, this.vector), from, accept);
  }

  #lastOf(positions: readonly number[], from: number, accept: (value: T) => boolean): number {
    for (let i = positions.length - 1; i >= 0; i--) {
      const position = positions[i] ?? -1;
      if (position < from) return -1;
      if (position < this.length && accept(this.vector.get(position))) return position;
    }
    return -1;
  }

  /**
   * As `find`, but examines at most `limit` values with the key. Returns `undefined` if there are more and none of
   * these is accepted.
   */
  findRecent(key: string, from: number, accept: (value: T) => boolean, limit: number): number | undefined {
    const positions = this.#index.positionsOf(key, this.vector);
    for (let i = positions.length - 1; i >= 0; i--) {
      const position = positions[i] ?? -1;
      if (position < from) return -1;
      if (position >= this.length) continue;
      if (accept(this.vector.get(position))) return position;
      if (--limit === 0) return undefined;
    }
    return -1;
  }

  /** As `find`, for a subkey. */
  findBySubkey(subkey: string, from: number, accept: (value: T) => boolean): number {
    return this.#lastOf(this.#index.positionsOfSubkey(subkey, this.vector), from, accept);
  }

  push(value: T): KeyedList<T> {
    const vector = this.vector.push(value);
    return new KeyedList(vector, this.#index.afterPush(this.length));
  }

  /** Replaces the value at a position. Both values must have the same key and subkeys. */
  set(position: number, value: T): KeyedList<T> {
    return new KeyedList(this.vector.set(position, value), this.#index);
  }
}

export function emptyKeyedList<T>(keyOf: KeyOf<T>, subkeysOf: SubkeysOf<T> = () => []): KeyedList<T> {
  return new KeyedList(emptyVector<T>(), new KeyIndex(keyOf, subkeysOf));
}

const NO_POSITIONS: readonly number[] = [];

/**
 * The positions of the values with each key, in ascending order.
 *
 * The versions of a list share one index, which only grows: a version ignores positions beyond its own length. The
 * second list that is derived from one version by `push` (a branch) gets an index of its own, built by the first
 * `find`.
 */
class KeyIndex<T> {
  readonly #keyOf: KeyOf<T>;
  readonly #subkeysOf: SubkeysOf<T>;
  readonly #positions = new Map<string, number[]>();
  /** Number of values in the index. */
  #indexed = 0;
  /** Most streams need no subkey. */
  readonly #subkeyPositions = new Map<string, number[]>();
  #subkeysIndexed = 0;
  /** Length of the longest version that shares this index. */
  #longest = 0;

  constructor(keyOf: KeyOf<T>, subkeysOf: SubkeysOf<T>) {
    this.#keyOf = keyOf;
    this.#subkeysOf = subkeysOf;
  }

  positionsOf(key: string, values: PersistentVector<T>): readonly number[] {
    for (; this.#indexed < values.length; this.#indexed++) {
      const own = this.#keyOf(values.get(this.#indexed));
      if (own !== undefined) add(this.#positions, own, this.#indexed);
    }
    return this.#positions.get(key) ?? NO_POSITIONS;
  }

  positionsOfSubkey(subkey: string, values: PersistentVector<T>): readonly number[] {
    for (; this.#subkeysIndexed < values.length; this.#subkeysIndexed++) {
      for (const own of this.#subkeysOf(values.get(this.#subkeysIndexed)))
        add(this.#subkeyPositions, own, this.#subkeysIndexed);
    }
    return this.#subkeyPositions.get(subkey) ?? NO_POSITIONS;
  }

  /** Returns the index for the list that a `push` onto a list of this length makes. */
  afterPush(length: number): KeyIndex<T> {
    // An empty list is a constant of its module: streams must not share its index.
    const index = this.#longest === length && length > 0 ? this : new KeyIndex(this.#keyOf, this.#subkeysOf);
    index.#longest = length + 1;
    return index;
  }
}

function add(index: Map<string, number[]>, key: string, position: number): void {
  const positions = index.get(key);
  if (positions === undefined) index.set(key, [position]);
  else positions.push(position);
}
