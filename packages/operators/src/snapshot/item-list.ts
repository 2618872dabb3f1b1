import type { ThreadItem } from '@codex-rx/core/events';
import { findItem, type ItemLog, recordAt } from './item-log.js';
import { type List, listed, positionAt } from './list.js';
import type { ItemRecord } from './records.js';
import type { ItemScope, ItemSequence, ItemSnapshot } from './types.js';

/** The items of a stream. */
export class ItemList implements ItemSequence {
  declare readonly at: List<ThreadItem>['at'];
  declare readonly toArray: List<ThreadItem>['toArray'];
  declare readonly toJSON: List<ThreadItem>['toJSON'];
  declare readonly [Symbol.iterator]: List<ThreadItem>[typeof Symbol.iterator];

  static {
    listed(this);
  }

  readonly #log: ItemLog;

  constructor(log: ItemLog) {
    this.#log = log;
  }

  get log(): ItemLog {
    return this.#log;
  }

  get length(): number {
    return this.#log.length;
  }

  valueAt(position: number): ThreadItem {
    return recordAt(this.#log, position).item;
  }

  byId(id: string, scope: ItemScope = {}): ThreadItem | undefined {
    const position = findItem(this.#log, id, 0, (record) => isIn(record, scope));
    return position < 0 ? undefined : this.valueAt(position);
  }

  snapshotAt(index: number): ItemSnapshot | undefined {
    const position = positionAt(index, this.length);
    return position < 0 ? undefined : snapshotOf(this.#log, position);
  }

  *snapshots(): IterableIterator<ItemSnapshot> {
    for (let position = 0; position < this.length; position++) yield snapshotOf(this.#log, position);
  }
}

function snapshotOf(log: ItemLog, index: number): ItemSnapshot {
  const { item, state, error, where } = recordAt(log, index);
  const { threadId, turnId, run, attempt } = where;
  return { index, item, state, threadId, turnId, run, attempt, error };
}

const scopes = ['threadId', 'turnId', 'run'] as const;

function isIn({ where }: ItemRecord, scope: ItemScope): boolean {
  return scopes.every((key) => scope[key] === undefined || scope[key] === where[key]);
}
