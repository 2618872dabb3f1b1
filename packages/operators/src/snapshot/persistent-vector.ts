import { type List, listed } from './list.js';
import type { Sequence } from './sequence.js';
import { changedTrunk, emptyTrunk, grownTrunk, type Trunk, valueIn } from './trunk.js';

/** An immutable list that shares what did not change with the lists that it came from. */
export class PersistentVector<T> implements Sequence<T> {
  declare readonly at: List<T>['at'];
  declare readonly toArray: List<T>['toArray'];
  declare readonly toJSON: List<T>['toJSON'];
  declare readonly [Symbol.iterator]: List<T>[typeof Symbol.iterator];

  static {
    listed(this);
  }

  readonly #trunk: Trunk<T>;
  readonly #last: T | undefined;
  readonly #length: number;

  constructor(trunk: Trunk<T>, last: T | undefined, length: number) {
    this.#trunk = trunk;
    this.#last = last;
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  /** The value at a position that is known to exist. */
  get(position: number): T {
    return position === this.#length - 1 ? (this.#last as T) : valueIn(this.#trunk, this.#length, position);
  }

  valueAt(position: number): T {
    return this.get(position);
  }

  push(value: T): PersistentVector<T> {
    const length = this.#length;
    const trunk = length === 0 ? this.#trunk : grownTrunk(this.#trunk, length, this.#last as T);
    return new PersistentVector(trunk, value, length + 1);
  }

  /** Replaces the value at a position that is known to exist. */
  set(position: number, value: T): PersistentVector<T> {
    const length = this.#length;
    return position === length - 1
      ? new PersistentVector(this.#trunk, value, length)
      : new PersistentVector(changedTrunk(this.#trunk, length, position, value), this.#last, length);
  }
}

const empty = new PersistentVector<never>(emptyTrunk, undefined, 0);

export function emptyVector<T>(): PersistentVector<T> {
  return empty;
}
