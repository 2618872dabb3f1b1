import type { ThreadItem, TurnError, Usage } from '@codex-rx/core/events';
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

/** What is kept of an item. */
export interface ItemRecord {
  readonly index: number;
  readonly item: ThreadItem;
  readonly state: ItemState;
  readonly error: TurnError | undefined;
  readonly where: Where;
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
