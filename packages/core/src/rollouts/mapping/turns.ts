import type { TurnError } from '../../events/events.js';
import type { TodoListItem } from '../../events/items.js';
import { type Mapped, type MappingState, type Timed, tell } from './state.js';

/** Opens a turn; one that is still open was never ended in the file, and gets no end. */
export function openTurn(state: MappingState, id: string | undefined, marked: boolean): Mapped {
  const made = id === undefined ? state.madeTurns + 1 : state.madeTurns;
  const turn = { id: id ?? `synthetic-turn-${String(made)}`, marked };
  const opened: MappingState = { ...state, turn, madeTurns: made, calls: new Map() };
  return [opened, [tell(opened, { type: 'turn.started' })]];
}

/** Ends the open turn as a run does: the error is told, the plan is completed, then comes the end. */
export function closeTurn(state: MappingState, failure: TurnError | undefined): Mapped {
  const { turn, ...rest } = state;
  if (turn === undefined) return [state, []];
  const last = { at: Number.POSITIVE_INFINITY };
  const { usage } = state;
  const events: Timed[] = [];
  if (failure !== undefined) events.push(tell(state, { type: 'error', message: failure.message }, last));
  if (turn.todo !== undefined) events.push(tell(state, { type: 'item.completed', item: turn.todo }, last));
  if (failure !== undefined) events.push(tell(state, { type: 'turn.failed', error: failure }, last));
  else events.push(tell(state, { type: 'turn.completed', ...(usage !== undefined && { usage }) }, last));
  return [{ ...rest, closedTurnId: turn.id, calls: new Map() }, events];
}

/** Ends a turn of a file that marks no ends: it had ended if the model's last word was a message, and not a call. */
export function closeUnmarked(state: MappingState): Mapped {
  const { turn, ...rest } = state;
  if (turn === undefined || turn.marked) return [state, []];
  return turn.last === 'message' ? closeTurn(state, undefined) : [rest, []];
}

/** A plan was accepted: the list begins, or is replaced. */
export function setPlan(state: MappingState, id: string, items: TodoListItem['items']): Mapped {
  const { turn } = state;
  if (turn === undefined) return [state, []];
  const todo: TodoListItem = { id: turn.todo?.id ?? id, type: 'todo_list', items };
  const type = turn.todo === undefined ? 'item.started' : 'item.updated';
  return [{ ...state, turn: { ...turn, todo } }, [tell(state, { type, item: todo })]];
}
