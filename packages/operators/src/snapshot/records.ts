import type { ItemDelta, ThreadItem, TurnError, Usage } from '@codex-rx/core/events';
import { applyDelta, onlyText, onlyTextField, type TextField, textOf, withText } from './apply-delta.js';
import type { ItemState, TurnSnapshot, TurnStatus } from './types.js';

/** Where an item belongs; the same object for all items of a turn. */
export interface Where {
  readonly thread_id: string | undefined;
  readonly turn_id: string | undefined;
  readonly run: number;
  readonly attempt: number;
  /** Position of the turn; -1 outside of any turn. */
  readonly turn: number;
}

/** What is kept of an item. One is made for each of its events, so the usual ones hold no more than they must. */
export interface ItemRecord {
  /** Where it is in the list of items. */
  readonly position: number;
  readonly where: Where;
  /** As in the item: items have many shapes, records a few, and a field of a few shapes is read much faster. */
  readonly id: string | undefined;
  readonly type: ThreadItem['type'];
  readonly item: ThreadItem;
  readonly state: ItemState;
  readonly error: TurnError | undefined;
}

/** An item as an event told it. */
export class ToldItem implements ItemRecord {
  declare readonly position: number;
  declare readonly where: Where;
  declare readonly id: string | undefined;
  declare readonly type: ThreadItem['type'];
  declare readonly item: ThreadItem;
  declare readonly state: ItemState;

  constructor(
    position: number,
    where: Where,
    id: string | undefined,
    type: ThreadItem['type'],
    item: ThreadItem,
    state: ItemState,
  ) {
    this.position = position;
    this.where = where;
    this.id = id;
    this.type = type;
    this.item = item;
    this.state = state;
  }

  get error(): TurnError | undefined {
    return undefined;
  }
}

/** An item of which an event told that it failed. */
export class FailedItem extends ToldItem {
  readonly #error: TurnError | undefined;

  constructor(position: number, where: Where, item: ThreadItem, error: TurnError | undefined) {
    super(position, where, item.id, item.type, item, 'failed');
    this.#error = error;
  }

  override get error(): TurnError | undefined {
    return this.#error;
  }
}

/** An item that grows by a few words an event. It is put together when it is asked for: most are replaced before anybody does. */
class GrownItem implements ItemRecord {
  readonly position: number;
  readonly where: Where;
  readonly id: string | undefined;
  readonly type: ThreadItem['type'];
  readonly state = 'in_progress';
  /** The item without the text that was appended to it since. */
  readonly base: ThreadItem;
  readonly field: TextField;
  readonly text: string;
  #item: ThreadItem | undefined;

  constructor({ position, where, id, type }: ItemRecord, base: ThreadItem, field: TextField, text: string) {
    this.position = position;
    this.where = where;
    this.id = id;
    this.type = type;
    this.base = base;
    this.field = field;
    this.text = text;
  }

  get item(): ThreadItem {
    return (this.#item ??= withText(this.base, this.field, this.text));
  }

  get error(): undefined {
    return undefined;
  }
}

/** The record of an item after one more piece of it. */
export function grown(record: ItemRecord, delta: ItemDelta): ItemRecord {
  const field = onlyTextField(delta);
  const text = onlyText(delta);
  if (field !== undefined && record instanceof GrownItem && record.field === field) {
    return new GrownItem(record, record.base, field, record.text + text);
  }
  const { position, where, id, type, item } = record;
  return field === undefined
    ? new ToldItem(position, where, id, type, applyDelta(item, delta), 'in_progress')
    : new GrownItem(record, item, field, textOf(item, field) + text);
}

/** A piece of an item that is in progress: the record that it leads to is made when somebody looks, once for all who do. */
export class Growth {
  declare readonly position: number;
  declare readonly delta: ItemDelta;
  declare private record: ItemRecord | undefined;

  constructor(position: number, delta: ItemDelta) {
    this.position = position;
    this.delta = delta;
    this.record = undefined;
  }

  after(before: ItemRecord): ItemRecord {
    return (this.record ??= grown(before, this.delta));
  }
}

/** What is kept of a turn but for its items: these do not change it. */
export interface TurnRecord {
  readonly where: Where;
  readonly status: TurnStatus;
  readonly error: TurnError | undefined;
  readonly usage: Usage | undefined;
  /** What was shown of it last. */
  shown: ShownTurn | undefined;
}

/** What is shown of a turn, by the change of one of its items that was the last one: `undefined` before the first. */
export interface ShownTurn {
  readonly turn: TurnRecord;
  readonly last: object | undefined;
  readonly snapshot: TurnSnapshot;
}
