import type { ThreadItem } from '../items.js';
import type { UsageMeter } from '../usage/usage-meter.js';
import { emptyKeyedList, type KeyedList } from './keyed-list.js';
import type { PersistentVector } from './persistent-vector.js';
import type { ItemSnapshot, TurnSnapshot } from './types.js';

/** An item and where it is listed. */
export interface ItemRecord {
  readonly snapshot: ItemSnapshot;
  /** Position of its turn in `turns`, or -1 outside of any turn. */
  readonly turn: number;
  /** Position in the items of its turn, or -1. */
  readonly turnIndex: number;
  /** Position in the list of its type (`commands` or `messages`), or -1. */
  readonly typeIndex: number;
  /** Position of the last item before it with the same id and thread that was open when this one was added, or -1. */
  readonly previousOpen: number;
}

export interface TurnRecord {
  readonly snapshot: TurnSnapshot & { readonly items: PersistentVector<ThreadItem> };
  /** Number of calls for a sub-agent (`collab_tool_call`) in progress. */
  readonly subAgentCalls: number;
}

/** A linked list, last value first: adding a turn does not copy the others. */
interface OpenTurns {
  readonly turn: number;
  readonly next: OpenTurns | undefined;
}

/** The state of one thread in its current run. */
export interface ThreadRecord {
  /** Position in `threads`. */
  readonly index: number;
  readonly threadId: string | undefined;
  /** Whether a `thread.started` was received. */
  readonly hasStarted: boolean;
  readonly run: number;
  readonly attempt: number;
  /** Position of the first turn of this run. */
  readonly firstTurn: number;
  /** Position of the last turn of this run, or -1. */
  readonly turn: number;
  /** All turns in progress. May also contain turns that have ended. */
  readonly openTurns: OpenTurns | undefined;
  /** Number of turns in progress. */
  readonly openCount: number;
  /** Position of the first item of this run. */
  readonly firstItem: number;
  /** Items before this position cannot belong to a turn in progress. */
  readonly openFrom: number;
  readonly meter: UsageMeter;
}

/** The turns and threads of a stream. */
export interface ThreadsState {
  readonly turns: KeyedList<TurnRecord>;
  readonly threads: KeyedList<ThreadRecord>;
  /** Position of the main thread in `threads`. */
  readonly main: number;
  /** Position of the turn that ended last, or -1. */
  readonly ended: number;
}

export const NO_ITEMS: KeyedList<ItemRecord> = /* @__PURE__ */ emptyKeyedList<ItemRecord>(
  ({ snapshot }) => snapshot.item.id,
  ({ snapshot: { item, threadId }, turn }) =>
    item.id === undefined ? [] : [itemInThread(item.id, threadId), itemInTurn(item.id, turn, threadId)],
);
export const NO_TURNS: KeyedList<TurnRecord> = /* @__PURE__ */ emptyKeyedList<TurnRecord>(
  ({ snapshot: { turnId, threadId } }) => (turnId === undefined ? undefined : turnInThread(turnId, threadId)),
);
export const NO_THREADS: KeyedList<ThreadRecord> = /* @__PURE__ */ emptyKeyedList<ThreadRecord>(
  ({ threadId }) => threadId,
);

/** The key of the items with this id in a turn, or, for the turn -1, outside of the turns of a thread. */
export function itemInTurn(id: string, turn: number, threadId: string | undefined): string {
  return turn < 0 ? `-${itemInThread(id, threadId)}` : `${turn}\0${id}`;
}

/** The key of the items with this id in a thread. Events before the first thread have no thread id. */
export function itemInThread(id: string, threadId: string | undefined): string {
  return threadId === undefined ? `-\0${id}` : `=${threadId}\0${id}`;
}

/** The key of the turns with this id in a thread. */
export function turnInThread(turnId: string, threadId: string | undefined): string {
  return itemInThread(turnId, threadId);
}
