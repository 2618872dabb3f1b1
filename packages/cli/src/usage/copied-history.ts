/** The CLI writes the copy of an origin in one go. A longer pause, in ms, ends the copy in files without turn ids. */
const MAX_PAUSE_MS = 50;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/i;

/**
 * Where a file is in the copy of the session that it was forked from. CLI ≤ 0.147 writes the records of the origin,
 * with new timestamps, after the data of the fork. The rules are those of `rolloutToEvents()`.
 */
export interface CopiedHistory {
  readonly threadId: string;
  /** Whether the last record was a copy. */
  readonly isCopy: boolean;
  /** The last turn that started, copied or not. */
  readonly turnId: string | undefined;
  /** The time of the last record, in ms since 1970. */
  readonly time: number;
}

/** Takes the session data of the origin, which starts the copy. */
export function startCopy(history: CopiedHistory, id: unknown): CopiedHistory {
  return typeof id === 'string' && id !== history.threadId ? { ...history, isCopy: true } : history;
}

/**
 * Takes the next record.
 *
 * @param time when it was written, in ms since 1970
 * @param startedTurn the id of the turn that it starts, if any: a turn that is newer than the thread is not a copy
 */
export function nextRecord(history: CopiedHistory, time: number, startedTurn?: string): CopiedHistory {
  const turnId = startedTurn ?? history.turnId;
  if (!history.isCopy) return { ...history, time, turnId };
  return { ...history, time, turnId, isCopy: isStillCopy(history, time, startedTurn) };
}

function isStillCopy({ threadId, turnId, time: before }: CopiedHistory, time: number, startedTurn?: string): boolean {
  if (startedTurn !== undefined && canCompare(startedTurn, threadId)) return timeOf(startedTurn) < timeOf(threadId);
  return canCompare(turnId ?? '', threadId) || time - before <= MAX_PAUSE_MS;
}

function canCompare(turnId: string, threadId: string): boolean {
  return UUID_V7.test(turnId) && UUID_V7.test(threadId);
}

/** A UUID of version 7 starts with the time of its creation. */
function timeOf(id: string): string {
  return id.slice(0, 13).toLowerCase();
}
