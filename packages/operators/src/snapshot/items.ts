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
  TurnError,
} from '@codex-rx/core/events';
import { noticeOfItem } from '../notice.js';
import { blankItem } from './apply-delta.js';
import { itemNumber } from './item-number.js';
import type { PersistentVector } from './persistent-vector.js';
import { placeOf, recordIn } from './place-of.js';
import { grown, type ItemRecord, ToldItem } from './records.js';
import { type ItemSelection, Selection } from './selection.js';
import type { StatefulSnapshot } from './state.js';
import { type Place, Threads } from './threads-state.js';
import { TurnList } from './turn-list.js';
import type { ItemState } from './types.js';

/** The item is there, or is as told now. It replaces what was known, but for an item that is final. */
export function itemTold(snapshot: StatefulSnapshot, event: ItemStartedEvent | ItemUpdatedEvent): StatefulSnapshot {
  const { item } = event;
  const { id, type } = item;
  const number = itemNumber(id);
  const place = placeOf(snapshot, event);
  const before = recordIn(snapshot, place, id, number, type);
  return before !== undefined && before.state !== 'in_progress'
    ? snapshot
    : put(snapshot, place, number, before, recordOf(snapshot, place, before, item, 'in_progress'));
}

/** The item is final. A refused patch is told twice: the last one counts. */
export function itemCompleted(snapshot: StatefulSnapshot, event: ItemCompletedEvent): StatefulSnapshot {
  const { item } = event;
  const { id, type } = item;
  const number = itemNumber(id);
  const place = placeOf(snapshot, event);
  const before = recordIn(snapshot, place, id, number, type);
  return put(snapshot, place, number, before, recordOf(snapshot, place, before, item, 'completed'));
}

/** A piece of the item. */
export function itemGrew(snapshot: StatefulSnapshot, event: ItemDeltaEvent): StatefulSnapshot {
  const { item_id, delta } = event;
  const number = itemNumber(item_id);
  const place = placeOf(snapshot, event);
  const before = recordIn(snapshot, place, item_id, number, event.item_type);
  if (before !== undefined && before.state !== 'in_progress') return snapshot;
  const known =
    before ?? recordOf(snapshot, place, undefined, blankItem(item_id, event.item_type, event), 'in_progress');
  return put(snapshot, place, number, before, grown(known, delta));
}

export function itemFailed(snapshot: StatefulSnapshot, event: ItemFailedEvent): StatefulSnapshot {
  const { item_id, error } = event;
  const number = itemNumber(item_id);
  const place = placeOf(snapshot, event);
  const before = recordIn(snapshot, place, item_id, number);
  const known = before?.item;
  const item: ThreadItem =
    known === undefined
      ? { type: 'unknown', id: item_id, item_type: 'unknown', raw: event }
      : 'status' in known
        ? { ...known, status: 'failed' }
        : known;
  return put(snapshot, place, number, before, recordOf(snapshot, place, before, item, 'failed', error));
}

/** The record of an item as it is now; of a known one in its place. */
function recordOf(
  { items }: StatefulSnapshot,
  { where }: Place,
  before: ItemRecord | undefined,
  item: ThreadItem,
  state: ItemState,
  error?: TurnError,
): ItemRecord {
  return before === undefined
    ? new ToldItem(items.length, where, item, state, error)
    : new ToldItem(before.index, before.where, item, state, error);
}

/** The snapshot with the record of an item as it is now. Done for each event of an item: objects are written out, as spreading costs more. */
function put(
  snapshot: StatefulSnapshot,
  place: Place,
  number: number,
  before: ItemRecord | undefined,
  record: ItemRecord,
): StatefulSnapshot {
  const { where, state } = record;
  const items = snapshot.items.with(record, number);
  const { records } = items;
  const threads = place.isOnlyTurn && where.turn === place.turn ? place.threads : threadsWith(place, before, record);
  const { main } = threads;
  const isMain = place.cursor === main;
  let { status, plan, files, commands, messages, notices } = snapshot;
  if (isMain && status === 'pending' && where.turn >= 0) status = 'in_progress';
  switch (record.base.type) {
    case 'command_execution':
      commands = selected(commands, records, before, record);
      break;
    case 'agent_message':
      messages = selected(messages, records, before, record);
      break;
    case 'todo_list':
      if (isMain || isPlan(snapshot, before)) plan = record.item as TodoListItem;
      break;
    case 'file_change':
      if (state !== 'in_progress') files = files.after(record.item as FileChangeItem);
      break;
    case 'error':
      if (state !== 'in_progress' && (before === undefined || before.state === 'in_progress')) {
        notices = notices.push(noticeOfItem(record.item as ErrorItem, where));
      }
      break;
    default:
  }
  return {
    thread_id: main.thread_id,
    attempt: snapshot.attempt,
    status,
    error: snapshot.error,
    turns: new TurnList(threads, records),
    items,
    plan,
    files,
    commands,
    messages,
    notices,
    usage: snapshot.usage,
  };
}

/** Another thread may complete the plan of the main one: where the thread of an event is not on the wire, the plan was taken for its own. */
function isPlan({ plan }: StatefulSnapshot, record: ItemRecord | undefined): boolean {
  return plan !== undefined && record?.item === plan;
}

/** The selection of a kind after one of its items has changed, or is new in it. */
function selected<T extends ThreadItem>(
  { positions }: ItemSelection<T>,
  records: PersistentVector<ItemRecord>,
  before: ItemRecord | undefined,
  { base, index }: ItemRecord,
): ItemSelection<T> {
  const isIn = before?.base.type === base.type;
  return new Selection(records, isIn ? positions : positions.push(index));
}

/** The threads after an item was put: turns that have ended, and those that are mixed with others, must know of it. */
function threadsWith(
  { threads, cursor }: Place,
  before: ItemRecord | undefined,
  { index, where }: ItemRecord,
): Threads {
  const isNew = before === undefined;
  const { main, others, ended } = threads;
  let { turns } = threads;
  if (where.turn >= 0 && (where.turn !== cursor.turn || cursor.open.length === 0)) {
    const turn = turns.get(where.turn);
    if (turn.end !== undefined) {
      const end = isNew ? index + 1 : turn.end;
      const isContiguous = turn.isContiguous && (!isNew || turn.end === index);
      turns = turns.set(where.turn, { ...turn, end, isContiguous, shown: undefined });
    }
  }
  if (isNew && (others.size > 0 || cursor.open.length !== 1 || cursor.open[0] !== where.turn)) {
    for (const { open } of [main, ...others.values()]) {
      for (const position of open) {
        const turn = turns.get(position);
        if (position !== where.turn && turn.isContiguous) turns = turns.set(position, { ...turn, isContiguous: false });
      }
    }
  }
  return turns === threads.turns ? threads : new Threads({ turns, main, others, ended });
}
