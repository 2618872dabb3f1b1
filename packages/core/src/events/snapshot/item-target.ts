import type { EventContext } from '../events.js';
import { type ItemRecord, itemInThread, itemInTurn, type ThreadRecord } from './records.js';
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
  let position = findOfType(draft, target, id, type);
  if (position < 0) position = findOfType(draft, target, id, 'unknown');
  return position < 0 ? undefined : draft.items.get(position);
}

/** Most ids are found, or found to be new, at the first of these. */
const RECENT_ITEMS = 4;

type Accept = (record: ItemRecord) => boolean;

function findOfType(draft: SnapshotDraft, target: ItemTarget, id: string, type: string | undefined): number {
  const { thread, isOver } = target;
  const from = isOver ? thread.firstItem : thread.openFrom;
  const accept: Accept = (record) =>
    (type === undefined || record.snapshot.item.type === type) && isMeant(draft, target, record);
  const recent = draft.items.findRecent(id, from, accept, RECENT_ITEMS);
  if (recent !== undefined) return recent;
  const inTurns = findInTurns(draft, target, id, from, accept);
  return isOver
    ? inTurns
    : Math.max(
        inTurns,
        ...threadIds(draft, thread.threadId).map((threadId) => walkOpen(draft, id, threadId, from, accept)),
      );
}

/** Returns the position of the last accepted item in the turns of the event, or -1. */
function findInTurns(
  draft: SnapshotDraft,
  { thread, turn, turnOfNewItem }: ItemTarget,
  id: string,
  from: number,
  accept: Accept,
): number {
  const positions = [turn, turnOfNewItem].flatMap((at) =>
    threadIds(draft, thread.threadId).map((threadId) =>
      draft.items.findBySubkey(itemInTurn(id, at, threadId), from, accept),
    ),
  );
  return Math.max(...positions);
}

/** Returns the position of the last item with this id and thread that may still be in progress, or -1. */
export function lastOpen(draft: SnapshotDraft, id: string | undefined, threadId: string | undefined): number {
  return id === undefined ? -1 : walkOpen(draft, id, threadId, 0, (record) => isOpen(draft, record));
}

/**
 * Examines the last item with this id and thread, and before it only those that were open when a later one was added:
 * an item that is final stays final. Few items with one id are open, because a further event about an open item does
 * not add another one.
 */
function walkOpen(
  { items }: SnapshotDraft,
  id: string,
  threadId: string | undefined,
  from: number,
  accept: Accept,
): number {
  const isOfThread: Accept = ({ snapshot }) => snapshot.threadId === threadId;
  let position =
    items.findRecent(id, from, isOfThread, 1) ?? items.findBySubkey(itemInThread(id, threadId), from, isOfThread);
  while (position >= from) {
    const record = items.get(position);
    if (accept(record)) return position;
    position = record.previousOpen;
  }
  return -1;
}

/** Items from before the first thread id, which are the first ones, belong to any thread. */
function threadIds({ items }: SnapshotDraft, threadId: string | undefined): readonly (string | undefined)[] {
  const hasOthers = threadId !== undefined && items.length > 0 && items.get(0).snapshot.threadId === undefined;
  return hasOthers ? [threadId, undefined] : [threadId];
}

function isMeant(draft: SnapshotDraft, target: ItemTarget, record: ItemRecord): boolean {
  const { threadId } = record.snapshot;
  if (threadId !== undefined && threadId !== target.thread.threadId) return false;
  if (record.turn === target.turn || record.turn === target.turnOfNewItem) return true;
  return !target.isOver && isOpen(draft, record);
}

function isOpen(draft: SnapshotDraft, { snapshot, turn }: ItemRecord): boolean {
  return snapshot.state === 'in_progress' && (turn < 0 || isInProgress(draft, turn));
}
