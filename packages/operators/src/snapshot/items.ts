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
import type { ItemList } from './item-list.js';
import { itemNumber } from './item-number.js';
import { placeOf, positionOf } from './place-of.js';
import { FailedItem, grown, type ItemRecord, ToldItem, type Where } from './records.js';
import { type ItemSelection, Selection } from './selection.js';
import type { StatefulSnapshot } from './state.js';
import { type Place, Threads } from './threads-state.js';
import { TurnList } from './turn-list.js';

/** The item is as told now. What is final is only changed by what is final: a refused patch is told twice, and the last one counts. */
export function itemTold(
  snapshot: StatefulSnapshot,
  event: ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent,
  state: 'in_progress' | 'completed',
): StatefulSnapshot {
  const { items } = snapshot;
  const { item } = event;
  const { id, type } = item;
  const place = placeOf(snapshot, event);
  const number = itemNumber(id);
  const position = positionOf(items, place, id, number, type);
  const before = recordAt(items, position);
  if (state === 'in_progress' && before !== undefined && before.state !== 'in_progress') return snapshot;
  const record = new ToldItem(before === undefined ? place.where : before.where, item, state);
  return put(snapshot, place, number, position, before, record, type);
}

/** A piece of the item. */
export function itemGrew(snapshot: StatefulSnapshot, event: ItemDeltaEvent): StatefulSnapshot {
  const { items } = snapshot;
  const { item_id, item_type, delta } = event;
  const place = placeOf(snapshot, event);
  const number = itemNumber(item_id);
  const position = positionOf(items, place, item_id, number, item_type);
  const before = recordAt(items, position);
  if (before !== undefined && before.state !== 'in_progress') return snapshot;
  const known = before ?? new ToldItem(place.where, blankItem(item_id, item_type, event), 'in_progress');
  return put(snapshot, place, number, position, before, grown(known, delta), known.base.type);
}

export function itemFailed(snapshot: StatefulSnapshot, event: ItemFailedEvent): StatefulSnapshot {
  const { items } = snapshot;
  const { item_id, error } = event;
  const place = placeOf(snapshot, event);
  const number = itemNumber(item_id);
  const position = positionOf(items, place, item_id, number, undefined);
  const before = recordAt(items, position);
  const known = before?.item;
  const item: ThreadItem =
    known === undefined
      ? { type: 'unknown', id: item_id, item_type: 'unknown', raw: event }
      : 'status' in known
        ? { ...known, status: 'failed' }
        : known;
  const record = new FailedItem(before?.where ?? place.where, item, error);
  return put(snapshot, place, number, position, before, record, item.type);
}

function recordAt(items: ItemList, position: number): ItemRecord | undefined {
  return position < 0 ? undefined : items.get(position);
}

/**
 * The snapshot with the record of an item as it is now, at its position; -1 and nothing `before` for a new one. Done for each event of an
 * item: objects are written out, as spreading costs more.
 */
function put(
  snapshot: StatefulSnapshot,
  place: Place,
  number: number,
  position: number,
  before: ItemRecord | undefined,
  record: ItemRecord,
  type: ThreadItem['type'],
): StatefulSnapshot {
  const { where } = record;
  const items = position < 0 ? snapshot.items.push(record, number) : snapshot.items.set(position, record);
  const threads =
    place.isOnlyTurn && where === place.where ? place.threads : threadsWith(place, before, where, items.changed);
  const { main } = threads;
  let { status, plan, files, commands, messages, notices } = snapshot;
  if (status === 'pending' && where.turn >= 0 && place.cursor === main) status = 'in_progress';
  switch (type) {
    case 'command_execution':
      commands = selected(commands, items, before, type);
      break;
    case 'agent_message':
      messages = selected(messages, items, before, type);
      break;
    case 'todo_list':
      if (place.cursor === main || isPlan(snapshot, before)) plan = record.item as TodoListItem;
      break;
    case 'file_change':
      if (record.state !== 'in_progress') files = files.after(record.item as FileChangeItem);
      break;
    case 'error':
      if (record.state !== 'in_progress' && (before === undefined || before.state === 'in_progress')) {
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
    turns: new TurnList(threads, items),
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
  items: ItemList,
  before: ItemRecord | undefined,
  type: T['type'],
): ItemSelection<T> {
  return new Selection(items, before?.base.type === type ? positions : positions.push(items.changed));
}

/** The threads after an item was put: turns that have ended, and those that are mixed with others, must know of it. */
function threadsWith({ threads, cursor }: Place, before: ItemRecord | undefined, where: Where, index: number): Threads {
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
