import type { ThreadItem } from '@codex-rx/core/events';
import type { KeyedList } from './keyed-list.js';
import type { ItemScope, ItemSequence, ItemSnapshot } from './types.js';

/** An item with the positions that an update needs. */
export interface ItemRecord extends ItemSnapshot {
  /** Position of its turn in `turns`; -1 outside of any turn. */
  readonly turn: number;
  /** Position in its turn's items. */
  readonly place: number;
  /** Position in the list of its kind: `commands`, `messages` or `notices`; -1 if there is none. */
  readonly kindPlace: number;
}

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

function isIn(record: ItemRecord, scope: ItemScope): boolean {
  return (
    (scope.thread_id === undefined || scope.thread_id === record.thread_id) &&
    (scope.turn_id === undefined || scope.turn_id === record.turn_id) &&
    (scope.run === undefined || scope.run === record.run)
  );
}

export function snapshotOf(record: ItemRecord): ItemSnapshot {
  const { index, item, state, thread_id, turn_id, run, attempt, error } = record;
  return { index, item, state, thread_id, turn_id, run, attempt, error };
}
