import type { ThreadItem } from '@codex-rx/core/events';
import type { KeyedList } from './keyed-list.js';
import type { ItemRecord } from './records.js';
import type { ItemScope, ItemSequence, ItemSnapshot } from './types.js';

/** The public face of the item records. */
export class ItemList implements ItemSequence {
  readonly #records: KeyedList<ItemRecord>;

  constructor(records: KeyedList<ItemRecord>) {
    this.#records = records;
  }

  get length(): number {
    return this.#records.length;
  }

  at(index: number): ThreadItem | undefined {
    return this.#records.vector.at(index)?.item;
  }

  byId(id: string, scope: ItemScope = {}): ThreadItem | undefined {
    const position = this.#records.find(id, 0, (record) => isIn(record, scope));
    return position < 0 ? undefined : this.#records.get(position).item;
  }

  snapshotAt(index: number): ItemSnapshot | undefined {
    const record = this.#records.vector.at(index);
    return record && snapshotOf(record);
  }

  *snapshots(): IterableIterator<ItemSnapshot> {
    for (const record of this.#records.vector) yield snapshotOf(record);
  }

  *[Symbol.iterator](): Iterator<ThreadItem> {
    for (const record of this.#records.vector) yield record.item;
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
