import type { EventContext } from '../events.js';
import type { ItemRecord, ThreadRecord } from './records.js';
import type { SnapshotDraft } from './state.js';
import { findThread, isInProgress } from './threads.js';
import { findItemTurn } from './turns.js';

/** The thread and turn of an item event. */
export interface ItemTarget {
  readonly thread: ThreadRecord;
  /** Position of the turn that the event is about, or -1. */
  readonly turn: number;
  /** Whether that turn has ended. */
  readonly isOver: boolean;
  /** Position of the turn that a new item belongs to, or -1. */
  readonly turnOfNewItem: number;
}

export function findTarget(draft: SnapshotDraft, event: EventContext): ItemTarget {
  const [thread, turn] = findItemTurn(draft, findThread(draft, event), event.turn_id);
  const isOver = turn >= 0 && !isInProgress(draft, turn);
  return { thread, turn, isOver, turnOfNewItem: isOver && event.turn_id === undefined ? -1 : turn };
}

/**
 * Returns the item that an event is about, if it is known.
 *
 * Ids start again with each process, and in some sources with each turn: thread, run, turn and id identify an item. An
 * item in progress is also found from another turn in progress, because the turn of a sub-agent may have been taken for
 * the turn of an event that does not name one. An item of another type is another item, unless its type was unknown.
 */
export function findItem(
  draft: SnapshotDraft,
  target: ItemTarget,
  id: string | undefined,
  type: string | undefined,
): ItemRecord | undefined {
  if (id === undefined) return undefined;
  const { thread, isOver } = target;
  const from = isOver ? thread.firstItem : thread.openFrom;
  const find = (wanted: string | undefined): number =>
    draft.items.find(
      id,
      from,
      (record) => (wanted === undefined || record.snapshot.item.type === wanted) && isMeant(draft, target, record),
    );
  let position = find(type);
  if (position < 0) position = find('unknown');
  return position < 0 ? undefined : draft.items.get(position);
}

function isMeant(draft: SnapshotDraft, target: ItemTarget, { snapshot, turn }: ItemRecord): boolean {
  const { threadId, state } = snapshot;
  if (threadId !== undefined && threadId !== target.thread.threadId) return false;
  if (turn === target.turn || turn === target.turnOfNewItem) return true;
  if (target.isOver || state !== 'in_progress') return false;
  return turn < 0 || isInProgress(draft, turn);
}
