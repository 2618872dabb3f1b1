import type { ThreadItem, TurnError, Usage } from '@codex-rx/core/events';
import type { ItemState, TurnSnapshot, TurnStatus } from './types.js';

/** Where an item belongs; the same object for all items of a turn. */
export interface Where {
  readonly threadId: string | undefined;
  readonly turnId: string | undefined;
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
  /** Only where an event told that it failed. */
  readonly error?: TurnError | undefined;
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
