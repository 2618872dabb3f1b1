import type { TurnCompletedEvent, TurnFailedEvent, TurnStartedEvent } from '@codex-rx/core/events';
import { read, withoutReading } from '../usage/usage-meter.js';
import type { TurnRecord } from './records.js';
import {
  draftOf,
  draftOfState,
  located,
  type ReducerState,
  type StatefulSnapshot,
  stateOf,
  threadsOf,
  withCursor,
} from './state.js';
import type { ThreadCursor } from './threads-state.js';
import { TurnList } from './turn-list.js';

export function turnStarted(snapshot: StatefulSnapshot, event: TurnStartedEvent): StatefulSnapshot {
  const [state, cursor] = located(stateOf(snapshot), event);
  const { turn_id } = event;
  if (turn_id !== undefined && knownTurn(state, cursor, turn_id) >= 0) return snapshot;
  // A turn without an id of its own, while another one is open: CLI 0.98 shows the turns of sub-agents like this, and never ends them.
  if (cursor.open.length > 0 && (turn_id === undefined || isSynthetic(turn_id))) return snapshot;
  const [after, next] = openTurn(...interruptedAll(state, cursor), turn_id);
  const shown = withState(snapshot, after);
  if (after.main !== next) return shown;
  shown.thread_id = next.thread_id;
  shown.status = 'in_progress';
  shown.error = undefined;
  return shown;
}

/** The thread goes on with another turn: those that are open will not be ended. */
function interruptedAll(state: ReducerState, cursor: ThreadCursor): [state: ReducerState, cursor: ThreadCursor] {
  if (cursor.open.length === 0) return [state, cursor];
  const next = { ...cursor, open: [], meter: withoutReading(cursor.meter) };
  const after = draftOfState(withCursor(state, cursor, next));
  after.turns = interrupted(state, state.turns, cursor.open);
  return [after, next];
}

export function turnEnded(snapshot: StatefulSnapshot, event: TurnCompletedEvent | TurnFailedEvent): StatefulSnapshot {
  const [located_, found] = located(stateOf(snapshot), event);
  const [state, cursor, position] = turnFor(located_, found, event.turn_id, 'end');
  const turn = state.turns.get(position);
  if (turn.status === 'completed' || turn.status === 'failed') return snapshot;
  const told =
    event.type === 'turn.completed' && event.usage !== undefined ? read(cursor.meter, event.usage) : undefined;
  const meter = told?.meter ?? withoutReading(cursor.meter);
  const turnUsage = told?.reading.turn;
  const ended: TurnRecord = {
    where: turn.where,
    first: turn.first,
    isContiguous: turn.isContiguous,
    status: event.type === 'turn.completed' ? 'completed' : 'failed',
    error: event.type === 'turn.failed' ? event.error : undefined,
    usage: turnUsage,
    // A turn that was taken for interrupted has its end.
    end: turn.end ?? state.items.length,
    shown: undefined,
  };
  const isLast = position === cursor.turn;
  // A thread has one turn at a time: when its last one has ended, no other one is still open.
  const others = cursor.open.filter((other) => other !== position);
  const open = isLast ? [] : others;
  const next = { ...cursor, open, openFrom: open.length === 0 ? state.items.length : cursor.openFrom, meter };
  const after = draftOfState(withCursor(state, cursor, next));
  after.turns = interrupted(state, state.turns.set(position, ended), isLast ? others : []);
  after.ended = position;
  const shown = withState(snapshot, after);
  if (after.main !== next) return shown;
  if (told) shown.usage = { total: meter.total, turn: turnUsage };
  if (isLast) {
    shown.thread_id = next.thread_id;
    shown.status = event.type === 'turn.completed' ? 'completed' : 'failed';
    shown.error = ended.error;
  }
  return shown;
}

/**
 * The turn that an event is about, made if it was never started: -1 if the event names none and there is none. For the end of a turn
 * there always is one.
 */
export function turnFor(
  state: ReducerState,
  cursor: ThreadCursor,
  turn_id: string | undefined,
  purpose: 'item' | 'end',
): [state: ReducerState, cursor: ThreadCursor, position: number] {
  const position = turn_id === undefined ? cursor.turn : turnOf(state, cursor, turn_id);
  if (position >= 0) {
    const isOver = purpose === 'end' && turn_id === undefined && cursor.open.length === 0;
    if (!isOver) return [state, cursor, position];
  } else if (turn_id === undefined && purpose === 'item') {
    return [state, cursor, -1];
  }
  const [after, next] = openTurn(state, cursor, turn_id);
  return [after, next, next.turn];
}

/** Position of the turn with this id in the thread's run, or -1. */
function knownTurn(state: ReducerState, cursor: ThreadCursor, turn_id: string): number {
  if (cursor.current.turn_id === turn_id) return cursor.turn;
  return state.turns.find(turn_id, cursor.firstTurn, ({ where }) => where.thread_id === cursor.thread_id);
}

/** As `knownTurn`; the id of a sub-agent's turn that was not taken for one means the turn that it leaked into. */
function turnOf(state: ReducerState, cursor: ThreadCursor, turn_id: string): number {
  const position = knownTurn(state, cursor, turn_id);
  return position < 0 && isSynthetic(turn_id) ? cursor.turn : position;
}

function openTurn(
  state: ReducerState,
  cursor: ThreadCursor,
  turn_id: string | undefined,
): [state: ReducerState, cursor: ThreadCursor] {
  const { thread_id, run, attempt } = cursor;
  const where = { thread_id, turn_id, run, attempt, turn: state.turns.length };
  const turn: TurnRecord = {
    where,
    status: 'in_progress',
    error: undefined,
    usage: undefined,
    first: state.items.length,
    end: undefined,
    isContiguous: true,
  };
  const next = { ...cursor, turn: where.turn, open: [...cursor.open, where.turn], current: where };
  const after = draftOfState(withCursor(state, cursor, next));
  after.turns = state.turns.push(turn);
  return [after, next];
}

/** Takes the turns at these positions for interrupted. */
export function interrupted(
  state: ReducerState,
  turns: ReducerState['turns'],
  open: readonly number[],
): ReducerState['turns'] {
  const end = state.items.length;
  return open.reduce(
    (list, position) => list.set(position, { ...list.get(position), status: 'interrupted', end, shown: undefined }),
    turns,
  );
}

/** A copy of the snapshot, to be changed, with another state. */
export function withState(snapshot: StatefulSnapshot, state: ReducerState): ReturnType<typeof draftOf> {
  const next = draftOf(snapshot);
  next.turns = new TurnList(threadsOf(state), state.items.records);
  return next;
}

/** Ids of the decoder for turns that have none on the wire. */
function isSynthetic(turn_id: string): boolean {
  return turn_id.startsWith('synthetic-turn-');
}
