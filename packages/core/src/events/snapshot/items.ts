import type {
  ItemCompletedEvent,
  ItemDeltaEvent,
  ItemFailedEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
  TurnError,
} from '../events.js';
import type { ThreadItem } from '../items.js';
import { noticeOfItem } from '../notice.js';
import { applyDelta, blankItem } from './item-delta.js';
import { findItem, findTarget, type ItemTarget, lastOpen } from './item-target.js';
import type { PersistentVector } from './persistent-vector.js';
import type { ItemRecord } from './records.js';
import type { SnapshotDraft } from './state.js';
import type { ItemSnapshot, ItemState } from './types.js';

/**
 * Replaces the item. Only a final event changes a final item: the CLI completes a declined patch twice, and the last
 * completion counts.
 */
export function receiveItem(
  draft: SnapshotDraft,
  event: ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent,
  state: 'in_progress' | 'completed',
): boolean {
  const { item } = event;
  const target = findTarget(draft, event);
  const known = findItem(draft, target, item.id, item.type);
  if (state === 'in_progress' && known !== undefined && isFinal(known.snapshot)) return false;
  return putItem(draft, target, known, item, state);
}

export function receiveDelta(draft: SnapshotDraft, event: ItemDeltaEvent): boolean {
  const { item_id, item_type, delta } = event;
  const target = findTarget(draft, event);
  const known = findItem(draft, target, item_id, item_type);
  if (known !== undefined && isFinal(known.snapshot)) return false;
  const item = known?.snapshot.item ?? blankItem(item_id, item_type, event);
  return putItem(draft, target, known, applyDelta(item, delta), 'in_progress');
}

export function failItem(draft: SnapshotDraft, event: ItemFailedEvent): boolean {
  const { item_id: id, error } = event;
  const target = findTarget(draft, event);
  const known = findItem(draft, target, id, undefined);
  const item = known?.snapshot.item ?? { type: 'unknown', id, item_type: 'unknown', raw: event };
  return putItem(draft, target, known, 'status' in item ? { ...item, status: 'failed' } : item, 'failed', error);
}

/** Adds the item, or replaces the known one, in all lists that contain it. */
function putItem(
  draft: SnapshotDraft,
  target: ItemTarget,
  known: ItemRecord | undefined,
  item: ThreadItem,
  state: ItemState,
  error?: TurnError,
): true {
  const before = known?.snapshot;
  const { index, threadId, turnId, run, attempt } = before ?? positionOfNewItem(draft, target);
  const snapshot: ItemSnapshot = { index, item, state, threadId, turnId, run, attempt, error };
  const turn = known?.turn ?? target.turnOfNewItem;
  const turnIndex = turn < 0 ? -1 : putInTurn(draft, turn, known, snapshot);
  const typeIndex = putByType(draft, known?.typeIndex ?? -1, item);
  const previousOpen = known?.previousOpen ?? lastOpen(draft, item.id, threadId);
  const record: ItemRecord = { snapshot, turn, turnIndex, typeIndex, previousOpen };
  draft.items = known === undefined ? draft.items.push(record) : draft.items.set(index, record);
  draft.changed = index;
  const isMain = target.thread.index === draft.main;
  if (draft.status === 'pending' && isMain && target.turn >= 0) draft.status = 'in_progress';
  switch (item.type) {
    case 'todo_list':
      // Another thread may complete the list of the main one: events without a thread id are attributed to the main
      // one.
      if (isMain || (before !== undefined && before.item === draft.todos)) draft.todos = item;
      break;
    case 'file_change':
      if (isFinal(snapshot)) draft.files = draft.files.withPatch(item);
      break;
    case 'error':
      if (isFinal(snapshot) && (before === undefined || !isFinal(before))) {
        draft.notices = draft.notices.push(noticeOfItem(item, { thread_id: threadId, turn_id: turnId }));
      }
      break;
    default:
  }
  return true;
}

type ItemPosition = Pick<ItemSnapshot, 'index' | 'threadId' | 'turnId' | 'run' | 'attempt'>;

function positionOfNewItem({ turns, items }: SnapshotDraft, { thread, turnOfNewItem }: ItemTarget): ItemPosition {
  const index = items.length;
  if (turnOfNewItem >= 0) {
    const { threadId, turnId, run, attempt } = turns.get(turnOfNewItem).snapshot;
    return { index, threadId, turnId, run, attempt };
  }
  const { threadId, run, attempt } = thread;
  return { index, threadId, turnId: undefined, run, attempt };
}

/** Returns the position of the item in the items of its turn. */
function putInTurn(draft: SnapshotDraft, turn: number, known: ItemRecord | undefined, after: ItemSnapshot): number {
  const { snapshot, subAgentCalls } = draft.turns.get(turn);
  const index = known?.turnIndex ?? snapshot.items.length;
  draft.turns = draft.turns.set(turn, {
    snapshot: { ...snapshot, items: put(snapshot.items, index, after.item) },
    subAgentCalls: subAgentCalls + openCalls(after) - openCalls(known?.snapshot),
  });
  return index;
}

/** Returns the position of the item in the list of its type, or -1. `index` is its position before, or -1. */
function putByType(draft: SnapshotDraft, index: number, item: ThreadItem): number {
  switch (item.type) {
    case 'command_execution': {
      const position = index < 0 ? draft.commands.length : index;
      draft.commands = put(draft.commands, position, item);
      return position;
    }
    case 'agent_message': {
      const position = index < 0 ? draft.messages.length : index;
      draft.messages = put(draft.messages, position, item);
      return position;
    }
    default:
      return -1;
  }
}

function put<T>(list: PersistentVector<T>, index: number, value: T): PersistentVector<T> {
  return index < list.length ? list.set(index, value) : list.push(value);
}

function isFinal({ state }: ItemSnapshot): boolean {
  return state !== 'in_progress';
}

function openCalls(snapshot: ItemSnapshot | undefined): number {
  return snapshot?.item.type === 'collab_tool_call' && !isFinal(snapshot) ? 1 : 0;
}
