import type {
  ItemCompletedEvent,
  ItemDeltaEvent,
  ItemFailedEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
  ThreadItem,
  TurnError,
} from '@codex-rx/core/events';
import { noticeOfItem } from '../notice.js';
import { applyDelta, itemOfDelta } from './apply-delta.js';
import type { PersistentVector } from './persistent-vector.js';
import { type Place, placeOf } from './place-of.js';
import type { ItemRecord } from './records.js';
import { type ItemSelection, Selection } from './selection.js';
import type { StatefulSnapshot } from './state.js';
import type { ThreadsState } from './threads-state.js';
import { TurnList } from './turn-list.js';
import type { ItemState } from './types.js';

/** The item is there, or is as told now. It replaces what was known, but for an item that is final. */
export function itemTold(snapshot: StatefulSnapshot, event: ItemStartedEvent | ItemUpdatedEvent): StatefulSnapshot {
  const place = placeOf(snapshot, event, event.item.id, event.item.type);
  return place.record !== undefined && place.record.state !== 'in_progress'
    ? snapshot
    : put(snapshot, place, event.item, 'in_progress');
}

/** The item is final. A refused patch is told twice: the last one counts. */
export function itemCompleted(snapshot: StatefulSnapshot, event: ItemCompletedEvent): StatefulSnapshot {
  return put(snapshot, placeOf(snapshot, event, event.item.id, event.item.type), event.item, 'completed');
}

/** A piece of the item. */
export function itemGrew(snapshot: StatefulSnapshot, event: ItemDeltaEvent): StatefulSnapshot {
  const place = placeOf(snapshot, event, event.item_id, event.item_type);
  const { record } = place;
  if (record !== undefined && record.state !== 'in_progress') return snapshot;
  const item = record === undefined ? itemOfDelta(event) : applyDelta(record.item, event.delta);
  return put(snapshot, place, item, 'in_progress');
}

export function itemFailed(snapshot: StatefulSnapshot, event: ItemFailedEvent): StatefulSnapshot {
  const place = placeOf(snapshot, event, event.item_id);
  const known = place.record?.item;
  const item: ThreadItem =
    known === undefined
      ? { type: 'unknown', id: event.item_id, item_type: 'unknown', raw: event }
      : 'status' in known
        ? { ...known, status: 'failed' }
        : known;
  return put(snapshot, place, item, 'failed', event.error);
}

/**
 * The snapshot with an item as it is now. This is done for each event of an item, so objects are written out: spreading costs more than
 * all the rest.
 */
function put(
  snapshot: StatefulSnapshot,
  place: Place,
  item: ThreadItem,
  itemState: ItemState,
  error?: TurnError,
): StatefulSnapshot {
  const { cursor, record: before } = place;
  const { type } = item;
  const index = before?.index ?? snapshot.items.length;
  const where = before?.where ?? place.where;
  const record: ItemRecord = { index, item, state: itemState, error, where };
  const items = snapshot.items.with(record, place.number);
  const { records } = items;
  const threads = threadsWith(place, record);
  const isNewKind = before?.item.type !== type;
  const isFinal = itemState !== 'in_progress';
  const isMain = cursor === threads.main;
  return {
    thread_id: threads.main.thread_id,
    attempt: snapshot.attempt,
    status: isMain && where.turn >= 0 && snapshot.status === 'pending' ? 'in_progress' : snapshot.status,
    error: snapshot.error,
    turns: new TurnList(threads, records),
    items,
    plan: isMain && type === 'todo_list' ? item : snapshot.plan,
    files: isFinal && type === 'file_change' ? snapshot.files.after(item) : snapshot.files,
    commands: type === 'command_execution' ? selected(snapshot.commands, records, index, isNewKind) : snapshot.commands,
    messages: type === 'agent_message' ? selected(snapshot.messages, records, index, isNewKind) : snapshot.messages,
    notices:
      type === 'error' && isFinal && (before === undefined || before.state === 'in_progress')
        ? snapshot.notices.push(noticeOfItem(item, where))
        : snapshot.notices,
    usage: snapshot.usage,
  };
}

/** The selection after one of its items has changed, or is new in it. */
function selected<T extends ThreadItem>(
  { positions }: ItemSelection<T>,
  records: PersistentVector<ItemRecord>,
  index: number,
  isNew: boolean,
): ItemSelection<T> {
  return new Selection(records, isNew ? positions.push(index) : positions);
}

/** The threads after an item was put: turns that have ended, and those that are mixed with others, must know of it. */
function threadsWith({ threads, cursor, record: before }: Place, record: ItemRecord): ThreadsState {
  const { index, where } = record;
  const isNew = before === undefined;
  let { turns } = threads;
  if (threads.others.size === 0 && cursor.open.length === 1 && cursor.open[0] === where.turn) return threads;
  if (where.turn >= 0 && (where.turn !== cursor.turn || cursor.open.length === 0)) {
    const turn = turns.get(where.turn);
    if (turn.end !== undefined) {
      const end = isNew ? index + 1 : turn.end;
      const isContiguous = turn.isContiguous && (!isNew || turn.end === index);
      turns = turns.set(where.turn, { ...turn, end, isContiguous, shown: undefined });
    }
  }
  if (isNew && (threads.others.size > 0 || cursor.open.length !== 1 || cursor.open[0] !== where.turn)) {
    for (const { open } of [threads.main, ...threads.others.values()]) {
      for (const position of open) {
        const turn = turns.get(position);
        if (position !== where.turn && turn.isContiguous) turns = turns.set(position, { ...turn, isContiguous: false });
      }
    }
  }
  return turns === threads.turns ? threads : { ...threads, turns };
}
