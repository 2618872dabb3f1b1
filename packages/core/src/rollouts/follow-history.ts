/** The CLI writes the copy of an origin in one go. A longer pause, in ms, ends the copy in files without turn ids. */
const MAX_PAUSE_MS = 50;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/i;

/** The part of a record that `followHistory()` reads. Every `RolloutRecord` has it. */
export interface HistoryRecord {
  /** As in `RolloutRecord`. */
  readonly type: string;
  /** RFC 3339 text. */
  readonly timestamp?: string | undefined;
  /** As in `RolloutRecord`. */
  readonly payload?: unknown;
}

/** Where a reader of a session file is. */
export interface HistoryPosition {
  /** The thread of the file, once its first record is read. */
  readonly threadId: string | undefined;
  /** The last turn that started, inherited or not. */
  readonly turnId: string | undefined;
  /** The time of the record, in ms since 1970; without one, that of the record before. */
  readonly time: number;
  /** Whether the record is a copy from the session that this one was forked from. */
  readonly isInherited: boolean;
}

const START: HistoryPosition = { threadId: undefined, turnId: undefined, time: 0, isInherited: false };

/**
 * Returns the position after the next record of a session file. It says whether the record is a copy from the session
 * that this one was forked from. CLI ≤ 0.147 writes the records of the origin, with new timestamps, after the data of
 * the fork. CLI ≥ 0.150 only refers to the origin.
 *
 * <span class="informal">Count what a session did itself, and not again what it inherited.</span>
 *
 * Call it for each record in the order of the file. Pure, so that it fits `scan()`.
 *
 * @example
 * ```ts
 * import { findRolloutById$, followHistory, type HistoryPosition, readRollout$ } from '@codex-rx/core/rollouts';
 * import { mergeMap } from 'rxjs';
 *
 * let position: HistoryPosition | undefined;
 * findRolloutById$('/home/user/.codex', '01a22f72-d6f3-7d22-b54b-925cd3b803b8')
 *   .pipe(mergeMap((path) => readRollout$(path)))
 *   .subscribe((record) => {
 *     position = followHistory(position, record);
 *     if (!position.isInherited) console.log(record.type);
 *   });
 * ```
 *
 * @param before The position after the record before; `undefined` for the first record.
 * @param record The record.
 * @returns The position after the record.
 * @see rolloutToEvents
 */
export function followHistory(before: HistoryPosition | undefined, record: HistoryRecord): HistoryPosition {
  const { threadId, turnId, time: last } = before ?? START;
  const written = Date.parse(record.timestamp ?? '');
  const time = Number.isNaN(written) ? last : written;
  const id = record.type === 'session_meta' ? textOf(record.payload, 'id') : undefined;
  return {
    threadId: threadId ?? id,
    turnId: startedTurn(record) ?? turnId,
    time,
    isInherited: isInherited(before ?? START, record, time),
  };
}

function isInherited(before: HistoryPosition, record: HistoryRecord, time: number): boolean {
  const { threadId, turnId } = before;
  if (threadId === undefined) return false;
  if (record.type === 'session_meta') {
    const id = textOf(record.payload, 'id');
    return id !== undefined && id !== threadId;
  }
  if (!before.isInherited) return false;
  const started = startedTurn(record);
  if (started !== undefined && canCompare(started, threadId)) return timeOf(started) < timeOf(threadId);
  // In a file with turn ids (CLI 0.125), only the start of a turn ends the copy.
  return canCompare(turnId ?? '', threadId) || time - before.time <= MAX_PAUSE_MS;
}

function startedTurn({ type, payload }: HistoryRecord): string | undefined {
  return type === 'event_msg' && textOf(payload, 'type') === 'task_started' ? textOf(payload, 'turn_id') : undefined;
}

function textOf(payload: unknown, name: string): string | undefined {
  const value = (payload as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}

function canCompare(turnId: string, threadId: string): boolean {
  return UUID_V7.test(turnId) && UUID_V7.test(threadId);
}

/** A UUID of version 7 starts with the time of its creation. */
function timeOf(id: string): string {
  return id.slice(0, 13).toLowerCase();
}
