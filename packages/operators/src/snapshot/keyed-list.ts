import { KeyIndex } from './key-index.js';
import { emptyVector, type PersistentVector } from './persistent-vector.js';

/** An immutable list whose values can be found by a key that need not be unique. */
export class KeyedList<T> {
  declare readonly vector: PersistentVector<T>;
  declare readonly index: KeyIndex<T>;

  constructor(vector: PersistentVector<T>, index: KeyIndex<T>) {
    this.vector = vector;
    this.index = index;
  }

  get length(): number {
    return this.vector.length;
  }

  get(position: number): T {
    return this.vector.get(position);
  }

  /** Position of the latest value with this key, not before `from`, that is accepted; or -1. */
  find(key: string, from: number, accept: (value: T) => boolean): number {
    return this.index.find(this.vector, key, from, accept);
  }

  push(value: T): KeyedList<T> {
    return this.pushAll([value]);
  }

  pushAll(values: readonly T[]): KeyedList<T> {
    let { vector } = this;
    for (const value of values) vector = vector.push(value);
    return values.length === 0 ? this : new KeyedList(vector, this.index.grownFrom(this.length, vector.length));
  }

  /** The key of the value must be that of the value that it replaces. */
  set(position: number, value: T): KeyedList<T> {
    return new KeyedList(this.vector.set(position, value), this.index);
  }
}

export function emptyKeyedList<T>(keyOf: (value: T) => string | undefined): KeyedList<T> {
  return new KeyedList(emptyVector<T>(), new KeyIndex(keyOf));
}
