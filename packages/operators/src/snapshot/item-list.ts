import type { ThreadItem } from '@codex-rx/core/events';
import { KeyIndex } from './key-index.js';
import { emptyVector, type PersistentVector } from './persistent-vector.js';
import type { ItemRecord } from './records.js';
import type { ItemScope, ItemSequence, ItemSnapshot } from './types.js';

/** The items of a stream with what the reducer must know of them. One object is made for each event of an item: it is all in one. */
export class ItemList implements ItemSequence {
  readonly #records: PersistentVector<ItemRecord>;
  readonly #ids: KeyIndex<ItemRecord>;
  readonly #changed: number;
  readonly #nextNumber: number;

  constructor(records: PersistentVector<ItemRecord>, ids: KeyIndex<ItemRecord>, changed: number, nextNumber: number) {
    this.#records = records;
    this.#ids = ids;
    this.#changed = changed;
    this.#nextNumber = nextNumber;
  }

  get records(): PersistentVector<ItemRecord> {
    return this.#records;
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
    return this.#ids.find(this.#records, id, from, accept);
  }

  /** The list with a record added, or in the place of the one with its index and id. `number`: the N of its id `item_N`, or -1. */
  with(record: ItemRecord, number: number): ItemList {
    const { index } = record;
    const isNew = index === this.#records.length;
    return new ItemList(
      isNew ? this.#records.push(record) : this.#records.set(index, record),
      isNew ? this.#ids.grownFrom(index) : this.#ids,
      index,
      number >= this.#nextNumber ? number + 1 : this.#nextNumber,
    );
  }

  get length(): number {
    return this.#records.length;
  }

  at(index: number): ThreadItem | undefined {
    return this.#records.at(index)?.item;
  }

  byId(id: string, scope: ItemScope = {}): ThreadItem | undefined {
    const position = this.find(id, 0, (record) => isIn(record, scope));
    return position < 0 ? undefined : this.#records.get(position).item;
  }

  snapshotAt(index: number): ItemSnapshot | undefined {
    const record = this.#records.at(index);
    return record && snapshotOf(record);
  }

  *snapshots(): IterableIterator<ItemSnapshot> {
    for (const record of this.#records) yield snapshotOf(record);
  }

  *[Symbol.iterator](): Iterator<ThreadItem> {
    for (const record of this.#records) yield record.item;
  }

  toArray(): ThreadItem[] {
    return [...this];
  }

  toJSON(): ThreadItem[] {
    return this.toArray();
  }

  /** So that `console.log` in Node shows the items. */
  [Symbol.for('nodejs.util.inspect.custom')](): ThreadItem[] {
    return this.toArray();
  }
}

export const emptyItemList = /* @__PURE__ */ new ItemList(
  emptyVector(),
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

function snapshotOf({ index, item, state, error, where }: ItemRecord): ItemSnapshot {
  const { thread_id, turn_id, run, attempt } = where;
  return { index, item, state, thread_id, turn_id, run, attempt, error };
}
