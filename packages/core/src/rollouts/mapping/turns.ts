import type { TurnError } from '../../events/events.js';
import type { TodoListItem } from '../../events/items.js';
import { type Mapped, type MappingState, type Timed, withContext } from './state.js';
import { unknownItem } from './tool-calls.js';

/** Opens a turn. The file never ended a turn that is still open, so that it gets no end. */
export function openTurn(state: MappingState, id: string | undefined, marked: boolean): Mapped {
  const made = id === undefined ? state.madeTurns + 1 : state.madeTurns;
  const turn = { id: id ?? `synthetic-turn-${String(made)}`, marked, inherited: state.inherited };
  const opened: MappingState = { ...state, turn, madeTurns: made, calls: new Map() };
  return [opened, [...unansweredCalls(state), withContext(opened, { type: 'turn.started' })]];
}

/** Shows calls without an output that have not shown a start. */
export function unansweredCalls(state: MappingState): readonly Timed[] {
  return [...state.calls.values()].flatMap((call) => {
    if (call.kind === 'other') return [];
    if (call.kind === 'plan') {
      if (state.source === 'items') return [];
      return [withContext(state, { type: 'item.completed', item: unknownItem(call.call) })];
    }
    const { item } = call;
    if (item.type === 'unknown') return [withContext(state, { type: 'item.completed', item })];
    return item.type === 'file_change' ? [withContext(state, { type: 'item.started', item })] : [];
  });
}

/** Ends the open turn as a run does: emits the error, completes the plan, then ends the turn. */
export function closeTurn(state: MappingState, failure: TurnError | undefined): Mapped {
  const { turn, ...rest } = state;
  if (turn === undefined) return [state, []];
  const last = { at: Number.POSITIVE_INFINITY };
  const { usage } = state;
  const events: Timed[] = [...unansweredCalls(state)];
  if (failure !== undefined) events.push(withContext(state, { type: 'error', message: failure.message }, last));
  if (turn.todo !== undefined) events.push(withContext(state, { type: 'item.completed', item: turn.todo }, last));
  if (failure !== undefined) events.push(withContext(state, { type: 'turn.failed', error: failure }, last));
  else events.push(withContext(state, { type: 'turn.completed', ...(usage !== undefined && { usage }) }, last));
  return [{ ...rest, closedTurnId: turn.id, calls: new Map() }, events];
}

/** Ends a turn of a file that marks no ends: the turn is complete if the last response is a message, not a call. */
export function closeUnmarked(state: MappingState): Mapped {
  const { turn, ...rest } = state;
  if (turn === undefined || turn.marked) return [state, []];
  return turn.last === 'message' ? closeTurn(state, undefined) : [rest, []];
}

/** Starts or replaces the plan after the CLI accepted it. */
export function setPlan(state: MappingState, id: string, items: TodoListItem['items']): Mapped {
  const { turn } = state;
  if (turn === undefined) return [state, []];
  const todo: TodoListItem = { id: turn.todo?.id ?? id, type: 'todo_list', items };
  const type = turn.todo === undefined ? 'item.started' : 'item.updated';
  return [{ ...state, turn: { ...turn, todo } }, [withContext(state, { type, item: todo })]];
}
