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
import { ItemList } from './item-list.js';
import { changedItem, type ItemLog, logGrown, logPushed, logSet } from './item-log.js';
import { itemNumber } from './item-number.js';
import { openItem } from './open-items.js';
import { knownItem, placeOf } from './place-of.js';
import { FailedItem, Growth, grown, type ItemRecord, ToldItem } from './records.js';
import { commandsOf, messagesOf } from './selection.js';
import { draftOf, type SnapshotDraft, type StatefulSnapshot } from './state.js';
import type { Place } from './threads-state.js';
import { TurnList } from './turn-list.js';

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
  let known = openItem(log.open, place, id, type);
  if (known === undefined) {
    const number = itemNumber(id);
    known = knownItem(log, place, id, number, type);
    if (known === undefined) {
      const record = new ToldItem(log.length, place.where, type, item, state);
      return put(snapshot, place, undefined, logPushed(log, record, number), record);
    }
    if (state === 'in_progress' && known.state !== 'in_progress') return snapshot;
  }
  const record = new ToldItem(known.position, known.where, type, item, state);
  return put(snapshot, place, known, logSet(log, record), record);
}

/** A piece of the item. */
export function itemGrew(snapshot: StatefulSnapshot, event: ItemDeltaEvent): StatefulSnapshot {
  const { log } = snapshot.items;
  const { item_id, item_type, delta } = event;
  const place = placeOf(snapshot, event);
  let known = openItem(log.open, place, item_id, item_type);
  if (known === undefined) {
    const number = itemNumber(item_id);
    known = knownItem(log, place, item_id, number, item_type);
    if (known === undefined) {
      const blank = blankItem(item_id, item_type, event);
      const record = grown(new ToldItem(log.length, place.where, blank.type, blank, 'in_progress'), delta);
      return put(snapshot, place, undefined, logPushed(log, record, number), record);
    }
    if (known.state !== 'in_progress') return snapshot;
  }
  return put(snapshot, place, known, logGrown(log, new Growth(known.position, delta)), known);
}

export function itemFailed(snapshot: StatefulSnapshot, event: ItemFailedEvent): StatefulSnapshot {
  const { log } = snapshot.items;
  const { item_id, error } = event;
  const place = placeOf(snapshot, event);
  const number = itemNumber(item_id);
  const known = knownItem(log, place, item_id, number, undefined);
  if (known === undefined) {
    const item: ThreadItem = { type: 'unknown', id: item_id, item_type: 'unknown', raw: event };
    const record = new FailedItem(log.length, place.where, item, error);
    return put(snapshot, place, undefined, logPushed(log, record, number), record);
  }
  const { position, where, item } = known;
  const failed: ThreadItem = 'status' in item ? { ...item, status: 'failed' } : item;
  const record = new FailedItem(position, where, failed, error);
  return put(snapshot, place, known, logSet(log, record), record);
}

/**
 * The snapshot with the items as they are now, after a change of one that was `known` before, or of a new one. `record` is as told by the
 * event; when the item has only grown, as it was before. Done for each event of an item, and so small that the engine inlines it: what is
 * seldom done is elsewhere.
 */
function put(
  snapshot: StatefulSnapshot,
  place: Place,
  known: ItemRecord | undefined,
  log: ItemLog,
  record: ItemRecord,
): StatefulSnapshot {
  const { threads, cursor } = place;
  const next = draftOf(snapshot);
  next.thread_id = threads.main.thread_id;
  next.turns = new TurnList(threads, log);
  next.items = new ItemList(log);
  if (next.status === 'pending' && cursor === threads.main && record.where.turn >= 0) next.status = 'in_progress';
  switch (record.type) {
    case 'command_execution':
      next.commands = commandsOf(log);
      break;
    case 'agent_message':
      next.messages = messagesOf(log);
      break;
    case 'reasoning':
      break;
    default:
      putOther(next, place, known, log, record);
  }
  return next;
}

function putOther(
  next: SnapshotDraft,
  { threads, cursor }: Place,
  known: ItemRecord | undefined,
  log: ItemLog,
  record: ItemRecord,
): void {
  const isFinal = record.state !== 'in_progress';
  switch (record.type) {
    case 'todo_list':
      if (cursor === threads.main || isPlan(next, known)) next.plan = changedItem(log, record) as TodoListItem;
      break;
    case 'file_change':
      if (isFinal) next.files = next.files.after(record.item as FileChangeItem);
      break;
    case 'error':
      if (isFinal && (known === undefined || known.state === 'in_progress')) {
        next.notices = next.notices.push(noticeOfItem(record.item as ErrorItem, record.where));
      }
      break;
    default:
  }
}

/** Another thread may complete the plan of the main one: where the thread of an event is not on the wire, the plan was taken for its own. */
function isPlan({ plan }: SnapshotDraft, record: ItemRecord | undefined): boolean {
  return plan !== undefined && record?.item === plan;
}
