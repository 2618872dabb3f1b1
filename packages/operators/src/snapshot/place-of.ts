import type { EventContext } from '@codex-rx/core/events';
import type { ItemList } from './item-list.js';
import type { ItemRecord, Where } from './records.js';
import { located, type StatefulSnapshot, stateOf, threadsOf } from './state.js';
import type { ThreadCursor, ThreadsState } from './threads-state.js';
import { turnFor } from './turns.js';

/** Where the item of an event is, or is to be. */
export interface Place {
  readonly threads: ThreadsState;
  readonly cursor: ThreadCursor;
  /** Where a new item belongs. */
  readonly where: Where;
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
 * The usual cases come first and need no look-up: an id that is higher than all before, and one of the last few items.
 */
export function placeOf(snapshot: StatefulSnapshot, event: EventContext, id: string | undefined, type?: string): Place {
  const { threads } = snapshot.turns;
  const { main } = threads;
  const number = id === undefined ? -1 : numberOf(id);
  if (isInCurrentTurn(main, event)) {
    const { current: where } = main;
    if (number >= snapshot.items.nextNumber) return { threads, cursor: main, where, number, record: undefined };
    const record = recent(snapshot.items, id, type);
    if (record?.where === where) return { threads, cursor: main, where, number, record };
  }
  return lookedUp(snapshot, event, id, type, number);
}

/** As `placeOf`, in all cases. Apart from the usual ones, which need not pay for its closures. */
function lookedUp(
  snapshot: StatefulSnapshot,
  event: EventContext,
  id: string | undefined,
  type: string | undefined,
  number: number,
): Place {
  const { threads } = snapshot.turns;
  const before = stateOf(snapshot);
  const [here, owner] = located(before, event);
  const [state, cursor, turn] = turnFor(here, owner, event.turn_id, 'item');
  const { turns, items } = state;
  const threadsNow = state === before ? threads : threadsOf(state);
  const isOver = turn >= 0 && !cursor.open.includes(turn);
  const where = turn === cursor.turn ? cursor.current : turns.get(turn).where;
  const newWhere = isOver && event.turn_id === undefined ? cursor.outside : where;
  if (id === undefined || number >= items.nextNumber) {
    return { threads: threadsNow, cursor, where: newWhere, number, record: undefined };
  }
  const isMeant = (record: ItemRecord): boolean => {
    const { thread_id, turn: itsTurn } = record.where;
    if (thread_id !== cursor.thread_id && thread_id !== undefined) return false;
    if (itsTurn === turn || itsTurn === newWhere.turn) return true;
    if (isOver || record.state !== 'in_progress') return false;
    return itsTurn < 0 || turns.get(itsTurn).status === 'in_progress';
  };
  const from = isOver ? cursor.firstItem : cursor.openFrom;
  const known = items.find(id, from, (record) => (type === undefined || record.item.type === type) && isMeant(record));
  const position =
    known < 0 ? items.find(id, from, (record) => record.item.type === 'unknown' && isMeant(record)) : known;
  const record = position < 0 ? undefined : items.records.get(position);
  return { threads: threadsNow, cursor, where: newWhere, number, record };
}

/** Whether an event is about the turn of the main thread that started last and has not ended, as nearly all are. */
function isInCurrentTurn(main: ThreadCursor, { thread_id, turn_id }: EventContext): boolean {
  return (
    main.open.at(-1) === main.turn &&
    (thread_id === undefined || thread_id === main.thread_id) &&
    (turn_id === undefined || turn_id === main.current.turn_id)
  );
}

/** How many of the last items are looked at before the index is: commands that run at the same time are next to each other. */
const fewItems = 4;

/** The item that changed last, or one of the last few items, if it has this id and type. */
function recent(items: ItemList, id: string | undefined, type: string | undefined): ItemRecord | undefined {
  const { records, changed } = items;
  if (changed < 0) return undefined;
  const last = records.get(changed);
  if (last.item.id === id && last.item.type === type) return last;
  if (id === undefined) return undefined;
  const end = Math.max(0, records.length - fewItems);
  for (let position = records.length - 1; position >= end; position--) {
    const record = records.get(position);
    if (record.item.id === id && record.item.type === type) return record;
  }
  return undefined;
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
