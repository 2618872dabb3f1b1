import type {
  ChangedFile,
  EventContext,
  ItemState,
  Notice,
  ThreadItem,
  ThreadStartedEvent,
  ThreadStatus,
  TurnError,
  TurnStatus,
} from '@codex-rx/core/events';

export interface Thread {
  id: string | undefined;
  started: boolean;
  run: number;
  attempt: number;
  /**
   * Of its run: the first turn and item there could be, its latest turn, and the first item that a turn may still
   * take over.
   */
  firstTurn: number;
  firstItem: number;
  turn: number;
  takenFrom: number;
}

export interface Place {
  readonly threadId: string | undefined;
  readonly turnId: string | undefined;
  readonly run: number;
  readonly attempt: number;
}
interface Turn extends Place {
  readonly thread: Thread;
  status: TurnStatus;
  error: TurnError | undefined;
}
export interface Item extends Place {
  readonly turn: number;
  item: ThreadItem;
  state: ItemState;
  error: TurnError | undefined;
}

export interface State {
  main: Thread;
  threads: Thread[];
  turns: Turn[];
  items: Item[];
  /** Positions, in the order in which the items became commands or messages. */
  commands: number[];
  messages: number[];
  todos: number | undefined;
  files: ChangedFile[];
  notices: Notice[];
  status: ThreadStatus;
  error: TurnError | undefined;
}

export function threadOf(id: string | undefined, firstTurn: number, firstItem: number): Thread {
  return { id, started: false, run: 0, attempt: 0, firstTurn, firstItem, turn: -1, takenFrom: firstItem };
}

export function threadFor(state: State, id: string | undefined): Thread {
  const { main, threads, turns, items } = state;
  if (id === undefined) return main;
  main.id ??= id;
  const known = threads.find((thread) => thread.id === id);
  if (known !== undefined) return known;
  const thread = threadOf(id, turns.length, items.length);
  threads.push(thread);
  return thread;
}

const openTurns = ({ turns }: State, thread: Thread) =>
  turns.filter((turn, n) => turn.thread === thread && n >= thread.firstTurn && turn.status === 'in_progress');

function interrupt(turns: readonly Turn[]): void {
  for (const turn of turns) turn.status = 'interrupted';
}

function callsForSubAgent(state: State): boolean {
  const { main, items } = state;
  const isCall = (item: Item) => item.item.type === 'collab_tool_call' && item.state === 'in_progress';
  return openTurns(state, main).length > 0 && items.some((item) => item.turn === main.turn && isCall(item));
}

export function threadStarted(state: State, event: ThreadStartedEvent): boolean {
  const thread = state.main.id === undefined ? state.main : threadFor(state, event.thread_id);
  const { attempt = 0 } = event;
  const isUntouched = thread.turn < 0 && thread.firstItem === state.items.length;
  if (thread.started && isUntouched && attempt === thread.attempt) return false;
  const isJoined = event.attempt !== undefined || event.resumed === true || event.forked_from !== undefined;
  const becomesMain = thread !== state.main && (isJoined || !callsForSubAgent(state));
  interrupt(openTurns(state, thread));
  if (becomesMain) interrupt(openTurns(state, state.main));
  const run = thread.started || !isUntouched ? thread.run + 1 : thread.run;
  const begun = threadOf(event.thread_id, state.turns.length, state.items.length);
  Object.assign(thread, { ...begun, started: true, run, attempt });
  if (becomesMain) {
    state.main = thread;
    state.todos = undefined;
  }
  if (thread === state.main) {
    state.status = 'pending';
    state.error = undefined;
  }
  return true;
}

export function lastIndex<T>(values: readonly T[], accept: (value: T, index: number) => boolean): number {
  return values.map(accept).lastIndexOf(true);
}

const isSynthetic = (turn_id: string) => turn_id.startsWith('synthetic-turn-');

function knownTurn({ turns }: State, thread: Thread, turn_id: string): number {
  if (turns[thread.turn]?.turnId === turn_id) return thread.turn;
  return lastIndex(turns, (turn, n) => n >= thread.firstTurn && turn.threadId === thread.id && turn.turnId === turn_id);
}

function openTurn(state: State, thread: Thread, turnId: string | undefined): number {
  const { id: threadId, run, attempt } = thread;
  thread.turn =
    state.turns.push({ thread, threadId, turnId, run, attempt, status: 'in_progress', error: undefined }) - 1;
  return thread.turn;
}

export function turnStarted(state: State, { thread_id, turn_id }: EventContext): boolean {
  const thread = threadFor(state, thread_id);
  if (turn_id !== undefined && knownTurn(state, thread, turn_id) >= 0) return false;
  const open = openTurns(state, thread);
  if (open.length > 0 && (turn_id === undefined || isSynthetic(turn_id))) return false;
  interrupt(open);
  openTurn(state, thread, turn_id);
  if (thread === state.main) {
    state.status = 'in_progress';
    state.error = undefined;
  }
  return true;
}

/** Position of the turn that an event is about, opened if it is not known. */
export function turnFor(state: State, thread: Thread, turn_id: string | undefined): number {
  if (turn_id === undefined) return thread.turn;
  const known = knownTurn(state, thread, turn_id);
  if (known >= 0) return known;
  return isSynthetic(turn_id) && thread.turn >= 0 ? thread.turn : openTurn(state, thread, turn_id);
}

export function turnEnded(
  state: State,
  { thread_id, turn_id }: EventContext,
  status: 'completed' | 'failed',
  error: TurnError | undefined,
): boolean {
  const thread = threadFor(state, thread_id);
  const isAnother = turn_id === undefined && openTurns(state, thread).length === 0;
  const position = isAnother ? openTurn(state, thread, undefined) : turnFor(state, thread, turn_id);
  const turn = state.turns[position];
  if (turn === undefined || turn.status === 'completed' || turn.status === 'failed') return false;
  Object.assign(turn, { status, error });
  const isLast = position === thread.turn;
  if (isLast) interrupt(openTurns(state, thread));
  if (openTurns(state, thread).length === 0) thread.takenFrom = state.items.length;
  if (isLast && thread === state.main) Object.assign(state, { status, error });
  return true;
}
