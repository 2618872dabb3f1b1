import type { ThreadItem } from '@codex-rx/core/events';
import type { ItemList } from './item-list.js';
import { List } from './list.js';
import type { PersistentVector } from './persistent-vector.js';

/** Positions of items, in their order. */
export interface Positions {
  readonly length: number;
  get(place: number): number;
}

/** Some of the items, told by their positions: nothing is copied when an item changes or one is added. */
export class Selection<T extends ThreadItem, P extends Positions = Positions> extends List<T> {
  readonly #items: ItemList;
  readonly #positions: P;

  constructor(items: ItemList, positions: P) {
    super();
    this.#items = items;
    this.#positions = positions;
  }

  override get length(): number {
    return this.#positions.length;
  }

  get positions(): P {
    return this.#positions;
  }

  override valueAt(place: number): T {
    return this.#items.get(this.#positions.get(place)).item as T;
  }
}

/** The items of a kind. */
export type ItemSelection<T extends ThreadItem> = Selection<T, PersistentVector<number>>;

/** All positions from one on. */
export function range(first: number, end: number): Positions {
  return { length: end - first, get: (place) => first + place };
}
