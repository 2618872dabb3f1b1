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
import { ItemList } from './item-list.js';
import { type Place, placeOf } from './place-of.js';
import type { ItemRecord } from './records.js';
import { Selection } from './selection.js';
import { type ReducerState, type StatefulSnapshot, stateKey } from './state.js';
import { TurnList } from './turn-list.js';
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
  const { state, cursor, record: before } = place;
  const { type } = item;
  const index = before?.index ?? state.items.length;
  const where = before?.where ?? place.where;
  const record: ItemRecord = { index, item, state: itemState, error, where };
  const items = before === undefined ? state.items.push(record) : state.items.set(index, record);
  const turns = turnsWith(state, place, record);
  const isNewKind = before?.item.type !== type;
  const isCommand = type === 'command_execution';
  const isMessage = type === 'agent_message';
  const commands = isCommand && isNewKind ? state.commands.push(index) : state.commands;
  const messages = isMessage && isNewKind ? state.messages.push(index) : state.messages;
  const isFinal = itemState !== 'in_progress';
  const isMain = cursor === state.main;
  return {
    thread_id: state.main.thread_id,
    attempt: snapshot.attempt,
    status: isMain && where.turn >= 0 && snapshot.status === 'pending' ? 'in_progress' : snapshot.status,
    error: snapshot.error,
    turns: new TurnList(turns, items.vector),
    items: new ItemList(items),
    plan: isMain && type === 'todo_list' ? item : snapshot.plan,
    files: isFinal && type === 'file_change' ? snapshot.files.after(item) : snapshot.files,
    commands: isCommand ? new Selection(items.vector, commands) : snapshot.commands,
    messages: isMessage ? new Selection(items.vector, messages) : snapshot.messages,
    notices:
      type === 'error' && isFinal && (before === undefined || before.state === 'in_progress')
        ? snapshot.notices.push(noticeOfItem(item, where))
        : snapshot.notices,
    usage: snapshot.usage,
    [stateKey]: {
      turns,
      items,
      main: state.main,
      others: state.others,
      commands,
      messages,
      changed: index,
      ended: state.ended,
      nextNumber: Math.max(state.nextNumber, place.number + 1),
    },
  };
}

/** The turns after an item was put: those that have ended, and those that are mixed with others, must know of it. */
function turnsWith(state: ReducerState, { cursor, record: before }: Place, record: ItemRecord): ReducerState['turns'] {
  const { index, where } = record;
  const isNew = before === undefined;
  let { turns } = state;
  if (state.others.size === 0 && cursor.open.length === 1 && cursor.open[0] === where.turn) return turns;
  if (where.turn >= 0 && (where.turn !== cursor.turn || cursor.open.length === 0)) {
    const turn = turns.get(where.turn);
    if (turn.end !== undefined) {
      const end = isNew ? index + 1 : turn.end;
      const isContiguous = turn.isContiguous && (!isNew || turn.end === index);
      turns = turns.set(where.turn, { ...turn, end, isContiguous, shown: undefined });
    }
  }
  if (!isNew) return turns;
  if (state.others.size > 0 || cursor.open.length !== 1 || cursor.open[0] !== where.turn) {
    for (const { open } of [state.main, ...state.others.values()]) {
      for (const position of open) {
        const turn = turns.get(position);
        if (position !== where.turn && turn.isContiguous) turns = turns.set(position, { ...turn, isContiguous: false });
      }
    }
  }
  return turns;
}
