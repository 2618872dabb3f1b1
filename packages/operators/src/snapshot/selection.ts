import type { ThreadItem } from '@codex-rx/core/events';
import type { ItemList } from './item-list.js';
import { type List, listed } from './list.js';
import type { PersistentVector } from './persistent-vector.js';
import type { Sequence } from './sequence.js';

/** Positions of items, in their order. */
export interface Positions {
  readonly length: number;
  get(place: number): number;
}

/** Some of the items, told by their positions: nothing is copied when an item changes or one is added. */
export class Selection<T extends ThreadItem, P extends Positions = Positions> implements Sequence<T> {
  declare readonly at: List<T>['at'];
  declare readonly toArray: List<T>['toArray'];
  declare readonly toJSON: List<T>['toJSON'];
  declare readonly [Symbol.iterator]: List<T>[typeof Symbol.iterator];

  static {
    listed(this);
  }

  readonly #items: ItemList;
  readonly #positions: P;

  constructor(items: ItemList, positions: P) {
    this.#items = items;
    this.#positions = positions;
  }

  get length(): number {
    return this.#positions.length;
  }

  get positions(): P {
    return this.#positions;
  }

  valueAt(place: number): T {
    return this.#items.get(this.#positions.get(place)).item as T;
  }
}

/** The items of a kind. */
export type ItemSelection<T extends ThreadItem> = Selection<T, PersistentVector<number>>;

/** All positions from one on. */
export function range(first: number, end: number): Positions {
  return { length: end - first, get: (place) => first + place };
}
