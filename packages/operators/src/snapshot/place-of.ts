import type { EventContext } from '@codex-rx/core/events';
import { findItem, type ItemLog, isHigher, recordAt } from './item-log.js';
import type { ItemRecord, Where } from './records.js';
import type { StatefulSnapshot } from './state.js';
import { cursorFor, draftThreads, threadsOf } from './threads-draft.js';
import type { Place } from './threads-state.js';
import { turnFor } from './turns.js';

/** Where the item of an event is, or is to be. Nearly all are in the turn of the main thread that is open. */
export function placeOf(snapshot: StatefulSnapshot, event: EventContext): Place {
  const { usual } = snapshot.turns.threads;
  if (usual !== undefined) {
    const { thread_id, turn_id } = event;
    const { where } = usual;
    if (
      (thread_id === undefined || thread_id === where.threadId) &&
      (turn_id === undefined || turn_id === where.turnId)
    ) {
      return usual;
    }
  }
  return lookedUp(snapshot, event);
}

function lookedUp(snapshot: StatefulSnapshot, event: EventContext): Place {
  const draft = draftThreads(snapshot);
  const [cursor, turn] = turnFor(draft, cursorFor(draft, event), event.turn_id, 'item');
  const isOver = turn >= 0 && !cursor.open.includes(turn);
  const own = turn === cursor.turn ? cursor.current : draft.turns.get(turn).where;
  const where = isOver && event.turn_id === undefined ? cursor.outside : own;
  return { threads: threadsOf(snapshot, draft), cursor, turn, isOver, where, isUsual: false };
}

/** The open item of the usual turn that an event is about, if it is one: no look at the list is needed. What it contains may be out of date. */
export function openItem(
  log: ItemLog,
  place: Place,
  id: string | undefined,
  type: string | undefined,
): ItemRecord | undefined {
  const { open } = log;
  if (open === undefined || id === undefined || !place.isUsual) return undefined;
  if (open.id === id && open.where === place.where && open.type === type) return open;
  return otherOpenItem(log.others, place.where, id, type);
}

function otherOpenItem(
  others: readonly ItemRecord[],
  where: Where,
  id: string,
  type: string | undefined,
): ItemRecord | undefined {
  return others.find((other) => other.id === id && other.where === where && other.type === type);
}

/**
 * The item that an event is about, if there is one already. Ids begin again with each process, and in some sources with each turn, so an
 * item is known by its thread, run, turn and id. An item that is still open is also found from another turn that has not ended: where the
 * turn of an event is not on the wire, a sub-agent's leaked turn may have been taken for it.
 *
 * An item does not change its type, unless it was not known before: another type under the same id is another item.
 */
export function foundItem(
  log: ItemLog,
  place: Place,
  id: string | undefined,
  type: string | undefined,
): ItemRecord | undefined {
  if (id === undefined || isHigher(id, log.highestId)) return undefined;
  const position = found(log, place, id, type);
  return position < 0 ? undefined : recordAt(log, position);
}

function found(
  log: ItemLog,
  { threads: { turns }, cursor, turn, where, isOver }: Place,
  id: string,
  type: string | undefined,
): number {
  const isMeant = (record: ItemRecord): boolean => {
    const { threadId: thread_id, turn: itsTurn } = record.where;
    if (thread_id !== cursor.thread_id && thread_id !== undefined) return false;
    if (itsTurn === turn || itsTurn === where.turn) return true;
    if (isOver || record.state !== 'in_progress') return false;
    return itsTurn < 0 || turns.get(itsTurn).status === 'in_progress';
  };
  const from = isOver ? cursor.firstItem : cursor.openFrom;
  const known = findItem(log, id, from, (record) => (type === undefined || record.type === type) && isMeant(record));
  return known < 0 ? findItem(log, id, from, (record) => record.type === 'unknown' && isMeant(record)) : known;
}
