import type { ThreadItem } from '@codex-rx/core/events';
import { type Indexed, KeyIndex } from './key-index.js';
import { type List, listed, positionAt } from './list.js';
import type { ItemRecord } from './records.js';
import { changedTrunk, emptyTrunk, grownTrunk, type Trunk, valueIn } from './trunk.js';
import type { ItemScope, ItemSequence, ItemSnapshot } from './types.js';

/**
 * The items of a stream with what the reducer must know of them. One is made for each event of an item, so it is a list of records, not an
 * object that holds one.
 */
export class ItemList implements ItemSequence, Indexed<ItemRecord> {
  declare readonly at: List<ThreadItem>['at'];
  declare readonly toArray: List<ThreadItem>['toArray'];
  declare readonly toJSON: List<ThreadItem>['toJSON'];
  declare readonly [Symbol.iterator]: List<ThreadItem>[typeof Symbol.iterator];

  static {
    listed(this);
  }

  readonly #trunk: Trunk<ItemRecord>;
  readonly #last: ItemRecord | undefined;
  readonly #length: number;
  readonly #ids: KeyIndex<ItemRecord>;
  readonly #changed: number;
  readonly #nextNumber: number;

  constructor(
    trunk: Trunk<ItemRecord>,
    last: ItemRecord | undefined,
    length: number,
    ids: KeyIndex<ItemRecord>,
    changed: number,
    nextNumber: number,
  ) {
    this.#trunk = trunk;
    this.#last = last;
    this.#length = length;
    this.#ids = ids;
    this.#changed = changed;
    this.#nextNumber = nextNumber;
  }

  /** Position of the item that changed last; -1 before the first. */
  get changed(): number {
    return this.#changed;
  }

  /** No item is called `item_N` with an N as high as this. */
  get nextNumber(): number {
    return this.#nextNumber;
  }

  /** Position of the latest item with this id, not before `from`, that is accepted; or -1. */
  find(id: string, from: number, accept: (record: ItemRecord) => boolean): number {
    return this.#ids.find(this, id, from, accept);
  }

  get(position: number): ItemRecord {
    const last = this.#last;
    return last !== undefined && position === this.#length - 1 ? last : valueIn(this.#trunk, this.#length, position);
  }

  /** The list with one more record. `number`: the N of its id `item_N`, or -1. */
  push(record: ItemRecord, number: number): ItemList {
    const length = this.#length;
    const last = this.#last;
    return new ItemList(
      last === undefined ? this.#trunk : grownTrunk(this.#trunk, length, last),
      record,
      length + 1,
      this.#ids.grownFrom(length),
      length,
      number >= this.#nextNumber ? number + 1 : this.#nextNumber,
    );
  }

  /** The list with another record of the item at a position that is known to exist. */
  set(position: number, record: ItemRecord): ItemList {
    const length = this.#length;
    const isLast = position === length - 1;
    return new ItemList(
      isLast ? this.#trunk : changedTrunk(this.#trunk, length, position, record),
      isLast ? record : this.#last,
      length,
      this.#ids,
      position,
      this.#nextNumber,
    );
  }

  get length(): number {
    return this.#length;
  }

  valueAt(position: number): ThreadItem {
    return this.get(position).item;
  }

  byId(id: string, scope: ItemScope = {}): ThreadItem | undefined {
    const position = this.find(id, 0, (record) => isIn(record, scope));
    return position < 0 ? undefined : this.get(position).item;
  }

  snapshotAt(index: number): ItemSnapshot | undefined {
    const position = positionAt(index, this.#length);
    return position < 0 ? undefined : this.#snapshot(position);
  }

  *snapshots(): IterableIterator<ItemSnapshot> {
    for (let position = 0; position < this.#length; position++) yield this.#snapshot(position);
  }

  #snapshot(index: number): ItemSnapshot {
    const { item, state, error, where } = this.get(index);
    const { thread_id, turn_id, run, attempt } = where;
    return { index, item, state, thread_id, turn_id, run, attempt, error };
  }
}

export const emptyItemList = /* @__PURE__ */ new ItemList(
  emptyTrunk,
  undefined,
  0,
  new KeyIndex<ItemRecord>((record) => record.base.id),
  -1,
  0,
);

function isIn({ where }: ItemRecord, scope: ItemScope): boolean {
  return (
    (scope.thread_id === undefined || scope.thread_id === where.thread_id) &&
    (scope.turn_id === undefined || scope.turn_id === where.turn_id) &&
    (scope.run === undefined || scope.run === where.run)
  );
}
