import type { ThreadItem } from '../items.js';
import type { KeyedList } from './keyed-list.js';
import { List } from './list.js';
import type { ItemRecord, ThreadsState } from './records.js';
import type { ItemScope, ItemSequence, ItemSnapshot, TurnSnapshot } from './types.js';

/** The items of a stream. */
export class ItemList extends List<ThreadItem> implements ItemSequence {
  readonly #records: KeyedList<ItemRecord>;
  readonly #changed: number;

  /** `changed` is the position of the item that differs from the list before. */
  constructor(records: KeyedList<ItemRecord>, changed: number) {
    super();
    this.#records = records;
    this.#changed = changed;
  }

  get records(): KeyedList<ItemRecord> {
    return this.#records;
  }

  get changed(): ItemSnapshot | undefined {
    return this.snapshotAt(this.#changed);
  }

  override get length(): number {
    return this.#records.length;
  }

  protected override valueAt(position: number): ThreadItem {
    return this.#records.get(position).snapshot.item;
  }

  byId(id: string, scope: ItemScope = {}): ThreadItem | undefined {
    const position = this.#records.find(id, 0, ({ snapshot }) => isIn(snapshot, scope));
    return position < 0 ? undefined : this.valueAt(position);
  }

  snapshotAt(index: number): ItemSnapshot | undefined {
    return this.#records.vector.at(index)?.snapshot;
  }

  *snapshots(): IterableIterator<ItemSnapshot> {
    for (const { snapshot } of this.#records.vector) yield snapshot;
  }
}

const SCOPES = ['threadId', 'turnId', 'run'] as const;

function isIn(snapshot: ItemSnapshot, scope: ItemScope): boolean {
  return SCOPES.every((key) => scope[key] === undefined || scope[key] === snapshot[key]);
}

/** The turns of a stream, with the state of its threads. */
export class TurnList extends List<TurnSnapshot> {
  readonly #state: ThreadsState;

  constructor(state: ThreadsState) {
    super();
    this.#state = state;
  }

  get state(): ThreadsState {
    return this.#state;
  }

  override get length(): number {
    return this.#state.turns.length;
  }

  protected override valueAt(position: number): TurnSnapshot {
    return this.#state.turns.get(position).snapshot;
  }
}
