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
  readonly where: Where;
  /** The item without the texts that were appended to it since. */
  readonly base: ThreadItem;
  readonly item: ThreadItem;
  readonly state: ItemState;
  readonly error: TurnError | undefined;
}

/** An item as an event told it. */
export class ToldItem implements ItemRecord {
  readonly where: Where;
  readonly base: ThreadItem;
  readonly state: ItemState;

  constructor(where: Where, base: ThreadItem, state: ItemState) {
    this.where = where;
    this.base = base;
    this.state = state;
  }

  get item(): ThreadItem {
    return this.base;
  }

  get error(): TurnError | undefined {
    return undefined;
  }
}

/** An item of which an event told that it failed. */
export class FailedItem extends ToldItem {
  readonly #error: TurnError | undefined;

  constructor(where: Where, base: ThreadItem, error: TurnError | undefined) {
    super(where, base, 'failed');
    this.#error = error;
  }

  override get error(): TurnError | undefined {
    return this.#error;
  }
}

/** An item that grows by a few words an event. It is put together when it is asked for: most are replaced before anybody does. */
class GrownItem implements ItemRecord {
  readonly where: Where;
  readonly base: ThreadItem;
  readonly state = 'in_progress';
  readonly field: TextField;
  readonly text: string;
  #item: ThreadItem | undefined;

  constructor(where: Where, base: ThreadItem, field: TextField, text: string) {
    this.where = where;
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
  const { where } = record;
  const field = onlyTextField(delta);
  if (field === undefined) return new ToldItem(where, applyDelta(record.item, delta), 'in_progress');
  if (record instanceof GrownItem && record.field === field) {
    return new GrownItem(where, record.base, field, record.text + onlyText(delta));
  }
  const { item } = record;
  return new GrownItem(where, item, field, textOf(item, field) + onlyText(delta));
}

/** What is kept of a turn. It does not change with its items, so that an item costs no more than itself. */
export interface TurnRecord {
  readonly where: Where;
  readonly status: TurnStatus;
  readonly error: TurnError | undefined;
  readonly usage: Usage | undefined;
  /** No item of the turn is before this position. */
  readonly first: number;
  /** When the turn has ended, no item of it is at this position or after it. */
  readonly end: number | undefined;
  /** Whether all items between are of this turn. */
  readonly isContiguous: boolean;
  /** What is shown of a turn that has ended, once it was asked for. */
  shown?: TurnSnapshot | undefined;
}
