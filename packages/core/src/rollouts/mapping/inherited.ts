import type { RolloutRecord } from '../records.js';
import type { MappingState } from './state.js';

/** The CLI writes the copy of an origin in one go. A longer pause, in ms, ends the copy in files without turn ids. */
const MAX_PAUSE_MS = 50;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/i;

/**
 * Returns whether a record is a copy from the session that this one was forked from. CLI ≤ 0.147 writes the records of
 * the origin, with new timestamps, after the data of the fork. CLI ≥ 0.150 only refers to the origin.
 *
 * @param state the state before the record
 * @param now the time of the record, in ms since 1970
 */
export function isInherited(state: MappingState, record: RolloutRecord, now: number): boolean {
  const { threadId } = state;
  if (threadId === undefined) return false;
  if (record.type === 'session_meta') return record.payload.id !== undefined && record.payload.id !== threadId;
  if (!state.inherited) return false;
  const started = startedTurn(record);
  if (started !== undefined && canCompare(started, threadId)) return timeOf(started) < timeOf(threadId);
  // In a file with turn ids (CLI 0.125), only the start of a turn ends the copy.
  return canCompare(state.turn?.id ?? state.closedTurnId ?? '', threadId) || now - state.now <= MAX_PAUSE_MS;
}

function startedTurn(record: RolloutRecord): string | undefined {
  return record.type === 'event_msg' && record.payload.type === 'task_started' ? record.payload.turn_id : undefined;
}

function canCompare(turnId: string, threadId: string): boolean {
  return UUID_V7.test(turnId) && UUID_V7.test(threadId);
}

/** A UUID of version 7 starts with the time of its creation. */
function timeOf(id: string): string {
  return id.slice(0, 13).toLowerCase();
}
