import type {
  MalformedEvent,
  TurnCompletedEvent,
  TurnError,
  TurnFailedEvent,
  TurnStartedEvent,
} from '@codex-rx/core/events';
import { hasOwnId } from '../turn-start.js';
import { read, withoutReading } from '../usage/usage-meter.js';
import type { TurnRecord } from './records.js';
import type { StatefulSnapshot } from './state.js';
import { cursorFor, draftThreads, replaced, type ThreadsDraft, withThreads } from './threads-draft.js';
import { movedCursor, type ThreadCursor } from './threads-state.js';

export function turnStarted(snapshot: StatefulSnapshot, event: TurnStartedEvent): StatefulSnapshot {
  const draft = draftThreads(snapshot);
  const cursor = cursorFor(draft, event);
  const { turn_id } = event;
  if (turn_id !== undefined && knownTurn(draft, cursor, turn_id) >= 0) return snapshot;
  // A turn without an id of its own, while another one is open: CLI 0.98 shows the turns of sub-agents like this, and never ends them.
  if (cursor.open.length > 0 && !hasOwnId(turn_id)) return snapshot;
  const next = openTurn(draft, interruptedAll(draft, cursor), turn_id);
  const shown = withThreads(snapshot, draft);
  if (draft.main !== next) return shown;
  shown.status = 'in_progress';
  shown.error = undefined;
  return shown;
}

/** The thread goes on with another turn: those that are open will not be ended. */
export function interruptedAll(draft: ThreadsDraft, cursor: ThreadCursor): ThreadCursor {
  if (cursor.open.length === 0) return cursor;
  interrupt(draft, cursor.open);
  const { turn, current, openFrom, meter } = cursor;
  return replaced(draft, cursor, movedCursor(cursor, turn, [], current, openFrom, withoutReading(meter)));
}

/** The turn is over. Judged by the type alone: a body that has drifted makes the event `malformed`, and is the end as well. */
export function turnEnded(
  snapshot: StatefulSnapshot,
  event: TurnCompletedEvent | TurnFailedEvent | MalformedEvent,
  status: 'completed' | 'failed',
): StatefulSnapshot {
  const draft = draftThreads(snapshot);
  const [cursor, position] = turnFor(draft, cursorFor(draft, event), event.turn_id, 'end');
  const turn = draft.turns.get(position);
  if (turn.status === 'completed' || turn.status === 'failed') return snapshot;
  const told =
    event.type === 'turn.completed' && event.usage !== undefined ? read(cursor.meter, event.usage) : undefined;
  const meter = told?.meter ?? withoutReading(cursor.meter);
  const turnUsage = told?.reading.turn;
  const ended: TurnRecord = {
    where: turn.where,
    status,
    error: status === 'failed' ? errorOf(event) : undefined,
    usage: turnUsage,
    shown: undefined,
  };
  const isLast = position === cursor.turn;
  // A thread has one turn at a time: when its last one has ended, no other one is still open.
  const others = cursor.open.filter((other) => other !== position);
  const open = isLast ? [] : others;
  const openFrom = open.length === 0 ? draft.end : cursor.openFrom;
  const next = replaced(draft, cursor, movedCursor(cursor, cursor.turn, open, cursor.current, openFrom, meter));
  draft.turns = draft.turns.set(position, ended);
  if (isLast) interrupt(draft, others);
  draft.ended = position;
  const shown = withThreads(snapshot, draft);
  if (draft.main !== next) return shown;
  if (told) shown.usage = { total: meter.total, turn: turnUsage };
  if (isLast) {
    shown.status = status;
    shown.error = ended.error;
  }
  return shown;
}

function errorOf(event: TurnCompletedEvent | TurnFailedEvent | MalformedEvent): TurnError | undefined {
  if (event.type !== 'malformed') return event.type === 'turn.failed' ? event.error : undefined;
  const { error, message } = (event.raw ?? {}) as { error?: { message?: unknown } | string | null; message?: unknown };
  const text = typeof error === 'object' ? (error?.message ?? message) : (error ?? message);
  return {
    message: typeof text === 'string' ? text : `The turn failed; why could not be read (${event.error}).`,
  };
}

/**
 * The turn that an event is about, made if it was never started: -1 if the event names none and there is none. For the end of a turn
 * there always is one.
 */
export function turnFor(
  draft: ThreadsDraft,
  cursor: ThreadCursor,
  turn_id: string | undefined,
  purpose: 'item' | 'end',
): [cursor: ThreadCursor, position: number] {
  const position = turn_id === undefined ? cursor.turn : turnOf(draft, cursor, turn_id);
  if (position >= 0) {
    const isOver = purpose === 'end' && turn_id === undefined && cursor.open.length === 0;
    if (!isOver) return [cursor, position];
  } else if (turn_id === undefined && purpose === 'item') {
    return [cursor, -1];
  }
  const next = openTurn(draft, cursor, turn_id);
  return [next, next.turn];
}

/** Position of the turn with this id in the thread's run, or -1. */
function knownTurn({ turns }: ThreadsDraft, cursor: ThreadCursor, turn_id: string): number {
  if (cursor.current.turnId === turn_id) return cursor.turn;
  return turns.find(turn_id, cursor.firstTurn, ({ where }) => where.threadId === cursor.thread_id);
}

/** As `knownTurn`; the id of a sub-agent's turn that was not taken for one means the turn that it leaked into. */
function turnOf(draft: ThreadsDraft, cursor: ThreadCursor, turn_id: string): number {
  const position = knownTurn(draft, cursor, turn_id);
  return position < 0 && !hasOwnId(turn_id) ? cursor.turn : position;
}

function openTurn(draft: ThreadsDraft, cursor: ThreadCursor, turn_id: string | undefined): ThreadCursor {
  const { thread_id, run, attempt } = cursor;
  const turn = draft.turns.length;
  const where = { threadId: thread_id, turnId: turn_id, run, attempt, turn };
  draft.turns = draft.turns.push({
    where,
    status: 'in_progress',
    error: undefined,
    usage: undefined,
    shown: undefined,
  });
  const { open, openFrom, meter } = cursor;
  const nowOpen = open.length === 0 ? [turn] : [...open, turn];
  return replaced(draft, cursor, movedCursor(cursor, turn, nowOpen, where, openFrom, meter));
}

/** Takes the turns at these positions for interrupted. */
export function interrupt(draft: ThreadsDraft, open: readonly number[]): void {
  for (const position of open) {
    const turn = draft.turns.get(position);
    draft.turns = draft.turns.set(position, { ...turn, status: 'interrupted', shown: undefined });
  }
}
