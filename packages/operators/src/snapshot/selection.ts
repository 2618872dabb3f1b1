import type { ThreadItem } from '@codex-rx/core/events';
import type { PersistentVector } from './persistent-vector.js';
import type { ItemRecord } from './records.js';
import type { Sequence } from './sequence.js';

/** Positions of items, in their order. */
export interface Positions {
  readonly length: number;
  get(place: number): number;
}

/** Some of the items, told by their positions: nothing is copied when an item changes or one is added. */
export class Selection<T extends ThreadItem, P extends Positions = Positions> implements Sequence<T> {
  readonly #items: PersistentVector<ItemRecord>;
  readonly #positions: P;

  constructor(items: PersistentVector<ItemRecord>, positions: P) {
    this.#items = items;
    this.#positions = positions;
  }

  get length(): number {
    return this.#positions.length;
  }

  get positions(): P {
    return this.#positions;
  }

  at(index: number): T | undefined {
    const place = index < 0 ? this.length + Math.trunc(index) : Math.trunc(index);
    return place >= 0 && place < this.length ? this.#get(place) : undefined;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let place = 0; place < this.length; place++) yield this.#get(place);
  }

  toArray(): T[] {
    return [...this];
  }

  toJSON(): T[] {
    return this.toArray();
  }

  /** So that `console.log` in Node shows the items. */
  [Symbol.for('nodejs.util.inspect.custom')](): T[] {
    return this.toArray();
  }

  #get(place: number): T {
    return this.#items.get(this.#positions.get(place)).item as T;
  }
}

/** The items of a kind. */
export type ItemSelection<T extends ThreadItem> = Selection<T, PersistentVector<number>>;

/** All positions from one on. */
export function range(first: number, end: number): Positions {
  return { length: end - first, get: (place) => first + place };
}
