import type {
  ErrorItem,
  FileChangeItem,
  ItemCompletedEvent,
  ItemDeltaEvent,
  ItemFailedEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
  ThreadItem,
  TodoListItem,
} from '@codex-rx/core/events';
import { noticeOfItem } from '../notice.js';
import { blankItem } from './apply-delta.js';
import { hasChanged } from './changed-files.js';
import { FileList } from './file-list.js';
import { Growth, grown } from './grown-item.js';
import { ItemList } from './item-list.js';
import { changedItem, type ItemLog, isHigher, logGrown, logTold } from './item-log.js';
import { foundItem, openItem, placeOf } from './place-of.js';
import type { ItemRecord, Where } from './records.js';
import { commandsOf, messagesOf } from './selection.js';
import type { SnapshotDraft, StatefulSnapshot } from './state.js';
import type { Place } from './threads-state.js';
import { TurnList } from './turn-list.js';
import type { ItemState } from './types.js';

/** The item is as told now. What is final is only changed by what is final: a refused patch is told twice, and the last one counts. */
export function itemTold(
  snapshot: StatefulSnapshot,
  event: ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent,
  state: 'in_progress' | 'completed',
): StatefulSnapshot {
  const { log } = snapshot.items;
  const { item } = event;
  const { id, type } = item;
  const place = placeOf(snapshot, event);
  let { length, highestId } = log;
  let known = openItem(log, place, id, type);
  if (known === undefined) {
    if (id !== undefined && isHigher(id, highestId)) highestId = id;
    else known = foundItem(log, place, id, type);
  }
  let position = length;
  let { where } = place;
  if (known === undefined) length++;
  else if (state === 'in_progress' && known.state !== 'in_progress') return snapshot;
  else ({ position, where } = known);
  const record: ItemRecord = { position, where, id, type, item, state };
  return shown(snapshot, place, known, logTold(log, length, highestId, record), record);
}

/** A piece of the item. */
export function itemGrew(snapshot: StatefulSnapshot, event: ItemDeltaEvent): StatefulSnapshot {
  const { log } = snapshot.items;
  const { item_id, item_type, delta } = event;
  const place = placeOf(snapshot, event);
  const known = openItem(log, place, item_id, item_type) ?? foundItem(log, place, item_id, item_type);
  if (known === undefined) {
    const blank = blankItem(item_id, item_type, event);
    const record = recordOf(log.length, place.where, blank, 'in_progress');
    return added(snapshot, place, grown(record, [new Growth(record.position, delta)]));
  }
  if (known.state !== 'in_progress') return snapshot;
  return shown(snapshot, place, known, logGrown(log, new Growth(known.position, delta)), known);
}

export function itemFailed(snapshot: StatefulSnapshot, event: ItemFailedEvent): StatefulSnapshot {
  const { log } = snapshot.items;
  const { item_id, error } = event;
  const place = placeOf(snapshot, event);
  const known = foundItem(log, place, item_id, undefined);
  if (known === undefined) {
    const item: ThreadItem = { type: 'unknown', id: item_id, item_type: 'unknown', raw: event };
    return added(snapshot, place, { ...recordOf(log.length, place.where, item, 'failed'), error });
  }
  const { position, where, item } = known;
  const failed: ThreadItem = 'status' in item ? { ...item, status: 'failed' } : item;
  const record = { ...recordOf(position, where, failed, 'failed'), error };
  return shown(snapshot, place, known, logTold(log, log.length, log.highestId, record), record);
}

function recordOf(position: number, where: Where, item: ThreadItem, state: ItemState): ItemRecord {
  return { position, where, id: item.id, type: item.type, item, state };
}

/** The snapshot with one more item. */
function added(snapshot: StatefulSnapshot, place: Place, record: ItemRecord): StatefulSnapshot {
  const { log } = snapshot.items;
  const { length, highestId } = log;
  const { id } = record;
  const highest = id !== undefined && isHigher(id, highestId) ? id : highestId;
  return shown(snapshot, place, undefined, logTold(log, length + 1, highest, record), record);
}

/**
 * The snapshot with the items as they are now, after a change of one that was `known` before, or of a new one. `record` is as told by the
 * event; when the item has only grown, as it was before. Done for each event of an item: what is seldom done is elsewhere.
 */
function shown(
  snapshot: StatefulSnapshot,
  place: Place,
  known: ItemRecord | undefined,
  log: ItemLog,
  record: ItemRecord,
): StatefulSnapshot {
  const { type } = record;
  const next: SnapshotDraft = {
    threadId: snapshot.threadId,
    attempt: snapshot.attempt,
    status: snapshot.status,
    error: snapshot.error,
    turns: new TurnList(place.threads, log),
    items: new ItemList(log),
    todos: snapshot.todos,
    files: snapshot.files,
    commands: type === 'command_execution' ? commandsOf(log) : snapshot.commands,
    messages: type === 'agent_message' ? messagesOf(log) : snapshot.messages,
    notices: snapshot.notices,
    usage: snapshot.usage,
  };
  if (!place.isUsual) showPlace(next, place);
  if (isShownElsewhere(type)) showElsewhere(next, place, known, log, record);
  return next;
}

/** The event may have been the first of a thread, or of a turn. */
function showPlace(next: SnapshotDraft, { threads, cursor, turn }: Place): void {
  next.threadId = threads.main.thread_id;
  if (next.status === 'pending' && cursor === threads.main && turn >= 0) next.status = 'in_progress';
}

/** Whether `showElsewhere` has anything to do: most items are not shown but as one of the items, and of their kind. */
function isShownElsewhere(type: ThreadItem['type']): boolean {
  return type === 'todo_list' || type === 'file_change' || type === 'error';
}

function showElsewhere(
  next: SnapshotDraft,
  { threads, cursor }: Place,
  known: ItemRecord | undefined,
  log: ItemLog,
  record: ItemRecord,
): void {
  const isFinal = record.state !== 'in_progress';
  switch (record.type) {
    case 'todo_list':
      if (cursor === threads.main || isPlan(next, known)) next.todos = changedItem(log, record) as TodoListItem;
      break;
    case 'file_change':
      if (isFinal && hasChanged(record.item as FileChangeItem)) next.files = new FileList(log);
      break;
    case 'error':
      if (isFinal && (known === undefined || known.state === 'in_progress')) {
        next.notices = next.notices.push(
          noticeOfItem(record.item as ErrorItem, { thread_id: record.where.threadId, turn_id: record.where.turnId }),
        );
      }
      break;
    default:
  }
}

/** Another thread may complete the plan of the main one: where the thread of an event is not on the wire, the plan was taken for its own. */
function isPlan({ todos }: SnapshotDraft, record: ItemRecord | undefined): boolean {
  return todos !== undefined && record?.item === todos;
}
