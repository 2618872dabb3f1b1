import type { MalformedEvent, TurnCompletedEvent, TurnError, TurnFailedEvent, TurnStartedEvent } from '../events.js';
import { isWireTurnId } from '../turn-ids.js';
import { read, withoutReading } from '../usage/usage-meter.js';
import { emptyVector } from './persistent-vector.js';
import { type ThreadRecord, turnInThread } from './records.js';
import { type SnapshotDraft, setTurn } from './state.js';
import { findThread, interruptAll, interruptTurns, setThread } from './threads.js';

export function startTurn(draft: SnapshotDraft, event: TurnStartedEvent): boolean {
  const thread = findThread(draft, event);
  const { turn_id } = event;
  if (turn_id !== undefined && findKnownTurn(draft, thread, turn_id) >= 0) return false;
  // CLI 0.98 reports the turns of sub-agents without an id of their own, and does not report their end.
  if (thread.openCount > 0 && !isWireTurnId(turn_id)) return false;
  const { index } = openTurn(draft, interruptAll(draft, thread), turn_id);
  if (index === draft.main) {
    draft.status = 'in_progress';
    draft.error = undefined;
  }
  return true;
}

/**
 * Ends the turn. The type alone decides: an event whose body has an unexpected shape is `malformed` and ends it too.
 */
export function endTurn(
  draft: SnapshotDraft,
  event: TurnCompletedEvent | TurnFailedEvent | MalformedEvent,
  status: 'completed' | 'failed',
): boolean {
  const [thread, position] = findEndingTurn(draft, findThread(draft, event), event.turn_id);
  const { status: statusBefore } = draft.turns.get(position).snapshot;
  if (statusBefore === 'completed' || statusBefore === 'failed') return false;
  const usage = event.type === 'turn.completed' ? event.usage : undefined;
  const { meter, reading } = usage === undefined ? { meter: withoutReading(thread.meter) } : read(thread.meter, usage);
  const error = status === 'failed' ? errorOf(event) : undefined;
  setTurn(draft, position, { status, error, usage: reading?.turn });
  const isLast = position === thread.turn;
  // A thread has one turn at a time: the end of the last one interrupts all others.
  if (isLast) interruptTurns(draft, thread);
  const openCount = isLast ? 0 : thread.openCount - (statusBefore === 'in_progress' ? 1 : 0);
  setThread(draft, {
    ...thread,
    openTurns: openCount === 0 ? undefined : thread.openTurns,
    openCount,
    openFrom: openCount === 0 ? draft.items.length : thread.openFrom,
    meter,
  });
  draft.ended = position;
  if (thread.index !== draft.main) return true;
  if (reading !== undefined) draft.usage = { total: meter.total, turn: reading.turn };
  if (isLast) {
    draft.status = status;
    draft.error = error;
  }
  return true;
}

function errorOf(event: TurnCompletedEvent | TurnFailedEvent | MalformedEvent): TurnError | undefined {
  if (event.type !== 'malformed') return event.type === 'turn.failed' ? event.error : undefined;
  const { error, message } = (event.raw ?? {}) as { error?: { message?: unknown } | string | null; message?: unknown };
  const text = typeof error === 'object' ? (error?.message ?? message) : (error ?? message);
  return {
    message: typeof text === 'string' ? text : `The turn failed; why could not be read (${event.error}).`,
  };
}

type ThreadAndTurn = readonly [thread: ThreadRecord, turn: number];

/** Returns the turn that an item event names, opened if it is unknown; by default the last turn, -1 without any. */
export function findItemTurn(draft: SnapshotDraft, thread: ThreadRecord, turnId: string | undefined): ThreadAndTurn {
  if (turnId === undefined) return [thread, thread.turn];
  const position = findTurn(draft, thread, turnId);
  return position < 0 ? openedTurn(draft, thread, turnId) : [thread, position];
}

/** Returns the turn that ends, opened if its start was not received. */
function findEndingTurn(draft: SnapshotDraft, thread: ThreadRecord, turnId: string | undefined): ThreadAndTurn {
  if (turnId !== undefined) return findItemTurn(draft, thread, turnId);
  return thread.openCount === 0 ? openedTurn(draft, thread, turnId) : [thread, thread.turn];
}

function openedTurn(draft: SnapshotDraft, thread: ThreadRecord, turnId: string | undefined): ThreadAndTurn {
  const next = openTurn(draft, thread, turnId);
  return [next, next.turn];
}

/** As `findKnownTurn`. An unknown id of a leaked sub-agent's turn means the turn of the thread that it leaked into. */
function findTurn(draft: SnapshotDraft, thread: ThreadRecord, turnId: string): number {
  const position = findKnownTurn(draft, thread, turnId);
  return position < 0 && !isWireTurnId(turnId) ? thread.turn : position;
}

/** Returns the position of the turn with this id in the current run of the thread, or -1. */
function findKnownTurn({ turns }: SnapshotDraft, thread: ThreadRecord, turnId: string): number {
  const { turn, firstTurn, threadId } = thread;
  if (turn >= 0 && turns.get(turn).snapshot.turnId === turnId) return turn;
  return turns.find(turnInThread(turnId, threadId), firstTurn, () => true);
}

function openTurn(draft: SnapshotDraft, thread: ThreadRecord, turnId: string | undefined): ThreadRecord {
  const { threadId, run, attempt } = thread;
  const turn = draft.turns.length;
  draft.turns = draft.turns.push({
    snapshot: {
      threadId,
      turnId,
      run,
      attempt,
      status: 'in_progress',
      error: undefined,
      usage: undefined,
      items: emptyVector(),
    },
    subAgentCalls: 0,
  });
  const openTurns = { turn, next: thread.openTurns };
  return setThread(draft, { ...thread, turn, openTurns, openCount: thread.openCount + 1 });
}
