import type {
  EventContext,
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
import { ItemList, type ItemRecord } from './item-list.js';
import type { PersistentVector } from './persistent-vector.js';
import {
  located,
  type ReducerState,
  type StatefulSnapshot,
  stateKey,
  type ThreadCursor,
  type TurnRecord,
} from './state.js';
import { turnFor } from './threads-and-turns.js';
import type { ItemState } from './types.js';

/** The item is there, or is as told now. It replaces what was known, but for an item that is final. */
export function itemTold(snapshot: StatefulSnapshot, event: ItemStartedEvent | ItemUpdatedEvent): StatefulSnapshot {
  const place = placeOf(snapshot[stateKey], event, event.item.id, event.item.type);
  return place.record !== undefined && place.record.state !== 'in_progress'
    ? snapshot
    : put(snapshot, place, event.item, 'in_progress');
}

/** The item is final. A refused patch is told twice: the last one counts. */
export function itemCompleted(snapshot: StatefulSnapshot, event: ItemCompletedEvent): StatefulSnapshot {
  return put(snapshot, placeOf(snapshot[stateKey], event, event.item.id, event.item.type), event.item, 'completed');
}

/** A piece of the item. */
export function itemGrew(snapshot: StatefulSnapshot, event: ItemDeltaEvent): StatefulSnapshot {
  const place = placeOf(snapshot[stateKey], event, event.item_id, event.item_type);
  const { record } = place;
  if (record !== undefined && record.state !== 'in_progress') return snapshot;
  const item = record === undefined ? itemOfDelta(event) : applyDelta(record.item, event.delta);
  return put(snapshot, place, item, 'in_progress');
}

export function itemFailed(snapshot: StatefulSnapshot, event: ItemFailedEvent): StatefulSnapshot {
  const place = placeOf(snapshot[stateKey], event, event.item_id);
  const known = place.record?.item;
  const item: ThreadItem =
    known === undefined
      ? { type: 'unknown', id: event.item_id, item_type: 'unknown', raw: event }
      : 'status' in known
        ? { ...known, status: 'failed' }
        : known;
  return put(snapshot, place, item, 'failed', event.error);
}

interface Place {
  readonly state: ReducerState;
  readonly cursor: ThreadCursor;
  /** Position of the turn that a new item belongs to, or -1. */
  readonly turn: number;
  /** The N of an id `item_N`, else -1. */
  readonly number: number;
  /** The item, if it is known. */
  readonly record: ItemRecord | undefined;
}

/**
 * Finds the item that an event is about. Ids begin again with each process, and in some sources with each turn, so an item is known by
 * its thread, run, turn and id. An item that is still open is also found from another turn that has not ended: where the turn of an event
 * is not on the wire, a sub-agent's leaked turn may have been taken for it.
 *
 * An item does not change its type, unless it was not known before: another type under the same id is another item.
 *
 * The two usual cases need no look-up: the item that the event before was about, and an id that is higher than all before.
 */
function placeOf(before: ReducerState, event: EventContext, id: string | undefined, type?: string): Place {
  const [here, owner] = located(before, event);
  const [state, cursor, turn] = turnFor(here, owner, event.turn_id, 'item');
  const { turns, items } = state;
  const isOver = turn >= 0 && turns.get(turn).status !== 'in_progress';
  const newTurn = isOver && event.turn_id === undefined ? -1 : turn;
  if (id === undefined) return { state, cursor, turn: newTurn, number: -1, record: undefined };
  const number = numberOf(id);
  if (number >= state.nextNumber) return { state, cursor, turn: newTurn, number, record: undefined };
  const isMeant = (record: ItemRecord): boolean => {
    if (record.thread_id !== cursor.thread_id && record.thread_id !== undefined) return false;
    if (type !== undefined && record.item.type !== type && record.item.type !== 'unknown') return false;
    if (record.turn === turn || record.turn === newTurn) return true;
    if (isOver || record.state !== 'in_progress') return false;
    return record.turn < 0 || turns.get(record.turn).status === 'in_progress';
  };
  const from = isOver ? cursor.firstItem : cursor.openFrom;
  const last = state.changed < from ? undefined : items.get(state.changed);
  if (last?.item.id === id && isMeant(last)) return { state, cursor, turn: newTurn, number, record: last };
  const position = items.find(id, from, isMeant);
  return { state, cursor, turn: newTurn, number, record: position < 0 ? undefined : items.get(position) };
}

/** The snapshot with an item as it is now. */
function put(
  snapshot: StatefulSnapshot,
  place: Place,
  item: ThreadItem,
  itemState: ItemState,
  error?: TurnError,
): StatefulSnapshot {
  const { state, cursor, record: before } = place;
  const turn = before?.turn ?? place.turn;
  const owner = turn < 0 ? undefined : state.turns.get(turn);

  let { commands, messages, notices } = snapshot;
  let kindPlace = before?.item.type === item.type ? before.kindPlace : -1;
  if (item.type === 'command_execution') {
    [commands, kindPlace] = placed(commands, kindPlace, item);
  } else if (item.type === 'agent_message') {
    [messages, kindPlace] = placed(messages, kindPlace, item);
  } else if (item.type === 'error') {
    [notices, kindPlace] = placed(
      notices,
      kindPlace,
      noticeOfItem(item, { thread_id: cursor.thread_id, turn_id: owner?.turn_id }),
    );
  }

  const record: ItemRecord = {
    index: before?.index ?? state.items.length,
    item,
    state: itemState,
    thread_id: before?.thread_id ?? cursor.thread_id,
    turn_id: owner?.turn_id,
    run: before?.run ?? cursor.run,
    attempt: before?.attempt ?? cursor.attempt,
    error,
    turn,
    place: before?.place ?? owner?.items.length ?? -1,
    kindPlace,
  };
  const items = before === undefined ? state.items.push(record) : state.items.set(record.index, record);
  const turns = owner === undefined ? state.turns : state.turns.set(turn, withItem(owner, record));
  const isMain = cursor === state.main;
  const isFirstSign = isMain && turn >= 0 && snapshot.status === 'pending';

  return {
    thread_id: state.main.thread_id,
    attempt: snapshot.attempt,
    status: isFirstSign ? 'in_progress' : snapshot.status,
    error: snapshot.error,
    turns: turns.vector,
    items: new ItemList(items),
    plan: item.type === 'todo_list' && isMain ? item : snapshot.plan,
    files: item.type === 'file_change' && itemState !== 'in_progress' ? snapshot.files.after(item) : snapshot.files,
    commands,
    messages,
    notices,
    usage: snapshot.usage,
    [stateKey]: {
      turns,
      items,
      main: state.main,
      others: state.others,
      changed: record.index,
      ended: state.ended,
      nextNumber: Math.max(state.nextNumber, place.number + 1),
    },
  };
}

const idPrefix = 'item_';

/** The N of an id `item_N` as the CLI counts them, else -1. */
function numberOf(id: string): number {
  if (!id.startsWith(idPrefix) || id.length === idPrefix.length || id.length > idPrefix.length + 9) return -1;
  let number = 0;
  for (let i = idPrefix.length; i < id.length; i++) {
    const digit = id.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** The turn with an item as it is now. Field by field, as all that is made for each event: spreading costs more than all the rest. */
function withItem(turn: TurnRecord, { item, place }: ItemRecord): TurnRecord {
  return {
    thread_id: turn.thread_id,
    turn_id: turn.turn_id,
    run: turn.run,
    attempt: turn.attempt,
    status: turn.status,
    error: turn.error,
    usage: turn.usage,
    items: place < turn.items.length ? turn.items.set(place, item) : turn.items.push(item),
  };
}

/** A list with a value put at its place, or appended if that is -1. */
function placed<T>(list: PersistentVector<T>, place: number, value: T): [list: PersistentVector<T>, place: number] {
  return place < 0 ? [list.push(value), list.length] : [list.set(place, value), place];
}
