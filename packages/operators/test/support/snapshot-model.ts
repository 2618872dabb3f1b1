import type {
  ChangedFile,
  EventContext,
  FileChangeItem,
  ItemDeltaEvent,
  ItemState,
  ThreadEvent,
  ThreadItem,
  ThreadSnapshot,
  TurnError,
} from '@codex-rx/core/events';
import { applyDelta, blankItem } from '../../../core/src/events/snapshot/item-delta.js';
import {
  type Item,
  lastIndex,
  type Place,
  type State,
  threadFor,
  threadOf,
  threadStarted,
  turnEnded,
  turnFor,
  turnStarted,
} from './snapshot-model-threads.js';

/**
 * The rules of a snapshot, but for usage, as plainly as they can be written: everything is copied before each event
 * and looked up by looking at all there is.
 */
export class SnapshotModel {
  #state: State;

  constructor() {
    const main = threadOf(undefined, 0, 0);
    const none = { turns: [], items: [], commands: [], messages: [], files: [], notices: [] };
    this.#state = { main, threads: [main], ...none, todos: undefined, status: 'pending', error: undefined };
  }

  next(event: ThreadEvent): void {
    const next = structuredClone(this.#state);
    if (apply(next, event)) this.#state = next;
  }

  shown(): unknown {
    const { main, turns, items, commands, messages, todos, files, notices, status, error } = this.#state;
    const itemAt = (position: number) => items[position]?.item;
    return {
      threadId: main.id,
      attempt: main.attempt,
      status,
      error,
      todos: todos === undefined ? undefined : itemAt(todos),
      items: items.map((each, index) => ({ index, ...each, turn: undefined })),
      turns: turns.map((turn, position) => {
        const own = items.filter((each) => each.turn === position);
        return { ...turn, thread: undefined, items: own.map(({ item }) => item) };
      }),
      commands: commands.map(itemAt),
      messages: messages.map(itemAt),
      files,
      notices,
    };
  }
}

/** The same of a snapshot. */
export function shownOf(snapshot: ThreadSnapshot): unknown {
  const { threadId, attempt, status, error, todos, items, turns, commands, messages, files, notices } = snapshot;
  return {
    ...{ threadId, attempt, status, error, todos },
    items: [...items.snapshots()],
    turns: turns.toArray().map((turn) => ({ ...turn, usage: undefined, items: turn.items.toArray() })),
    commands: commands.toArray(),
    messages: messages.toArray(),
    files: files.toArray(),
    notices: notices.toArray(),
  };
}

/** Whether the event changes anything; if not, the state is of no use any more. */
function apply(state: State, event: ThreadEvent): boolean {
  switch (event.type) {
    case 'thread.started':
      return threadStarted(state, event);
    case 'turn.started':
      return turnStarted(state, event);
    case 'turn.completed':
      return turnEnded(state, event, 'completed', undefined);
    case 'turn.failed':
      return turnEnded(state, event, 'failed', event.error);
    case 'item.started':
    case 'item.updated':
    case 'item.completed':
      return told(state, event, event.item, event.type === 'item.completed' ? 'completed' : 'in_progress');
    case 'item.delta':
      return grew(state, event);
    case 'item.failed':
      return failed(state, event, event.item_id, event.error);
    case 'error':
      state.notices.push({
        source: 'event',
        message: event.message,
        ...contextOf({ threadId: event.thread_id, turnId: event.turn_id }),
      });
      return true;
    case 'malformed':
      if (event.event_type === 'turn.completed') return turnEnded(state, event, 'completed', undefined);
      if (event.event_type !== 'turn.failed') return false;
      return turnEnded(state, event, 'failed', {
        message: `The turn failed; why could not be read (${event.error}).`,
      });
    default:
      return false;
  }
}

const contextOf = ({ threadId, turnId }: Partial<Place>) => ({
  ...(threadId !== undefined && { threadId }),
  ...(turnId !== undefined && { turnId }),
});

/** Where an event's item is, or is to be. */
function placeOf(state: State, { thread_id, turn_id }: EventContext) {
  const thread = threadFor(state, thread_id);
  const turn = turnFor(state, thread, turn_id);
  const isOver = turn >= 0 && state.turns[turn]?.status !== 'in_progress';
  const own = isOver && turn_id === undefined ? -1 : turn;
  const where = state.turns[own] ?? {
    threadId: thread.id,
    turnId: undefined,
    run: thread.run,
    attempt: thread.attempt,
  };
  return { thread, turn, isOver, own, where };
}

function known(state: State, place: ReturnType<typeof placeOf>, id: string | undefined, type?: string): number {
  if (id === undefined) return -1;
  const { thread, turn, isOver, own } = place;
  const isMeant = (item: Item, n: number): boolean => {
    if (item.item.id !== id || n < (isOver ? thread.firstItem : thread.takenFrom)) return false;
    if (item.threadId !== thread.id && item.threadId !== undefined) return false;
    if (item.turn === turn || item.turn === own) return true;
    const isOpen = item.turn < 0 || state.turns[item.turn]?.status === 'in_progress';
    return !isOver && item.state === 'in_progress' && isOpen;
  };
  const ofType = (wanted: string | undefined) =>
    lastIndex(state.items, (item, n) => (wanted === undefined || item.item.type === wanted) && isMeant(item, n));
  const position = ofType(type);
  return position >= 0 ? position : ofType('unknown');
}

function told(state: State, event: EventContext, item: ThreadItem, itemState: ItemState): boolean {
  const place = placeOf(state, event);
  const position = known(state, place, item.id, item.type);
  if (itemState === 'in_progress' && (state.items[position]?.state ?? itemState) !== itemState) return false;
  return put(state, place, position, item, itemState);
}

function grew(state: State, event: ItemDeltaEvent): boolean {
  const place = placeOf(state, event);
  const position = known(state, place, event.item_id, event.item_type);
  const before = state.items[position];
  if (before !== undefined && before.state !== 'in_progress') return false;
  const item = before?.item ?? blankItem(event.item_id, event.item_type, event);
  return put(state, place, position, applyDelta(item, event.delta), 'in_progress');
}

function failed(state: State, event: EventContext, id: string, error: TurnError | undefined): boolean {
  const place = placeOf(state, event);
  const position = known(state, place, id);
  const item = state.items[position]?.item ?? { type: 'unknown', id, item_type: 'unknown', raw: event };
  return put(state, place, position, 'status' in item ? { ...item, status: 'failed' } : item, 'failed', error);
}

function put(
  state: State,
  { thread, turn: turnOfEvent, own, where }: ReturnType<typeof placeOf>,
  known: number,
  item: ThreadItem,
  itemState: ItemState,
  error?: TurnError,
): true {
  const before = state.items[known];
  const { threadId, turnId, run, attempt, turn } = before ?? { ...where, turn: own };
  const now: Item = { item, state: itemState, error, threadId, turnId, run, attempt, turn };
  const position = before === undefined ? state.items.length : known;
  state.items[position] = now;
  const isMain = thread === state.main;
  if (state.status === 'pending' && isMain && turnOfEvent >= 0) state.status = 'in_progress';
  if (before?.item.type !== item.type) {
    if (item.type === 'command_execution') state.commands.push(position);
    if (item.type === 'agent_message') state.messages.push(position);
  }
  const isFinal = itemState !== 'in_progress';
  if (item.type === 'todo_list' && (isMain || state.todos === position)) state.todos = position;
  if (item.type === 'file_change' && isFinal) patched(state.files, item);
  if (item.type === 'error' && isFinal && (before === undefined || before.state === 'in_progress')) {
    state.notices.push({ source: 'item', message: item.message, itemId: item.id, ...contextOf(now) });
  }
  return true;
}

function patched(files: ChangedFile[], { changes, status }: FileChangeItem): void {
  if (status === 'declined') return;
  for (const { path, kind } of changes) {
    const position = files.findIndex((file) => file.path === path);
    const before = files[position];
    if (before === undefined) {
      files.push({ path, kind, status, patches: 1 });
      continue;
    }
    const both = `${before.kind} ${kind}`;
    const together = both === 'add update' ? 'add' : both === 'delete add' ? 'update' : kind;
    files[position] = { path, kind: together, status, patches: before.patches + 1 };
  }
}
