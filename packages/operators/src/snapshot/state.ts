import type { AgentMessageItem, CommandExecutionItem, EventContext } from '@codex-rx/core/events';
import { freshMeter } from '../usage/usage-meter.js';
import { emptyFileList, type FileList } from './file-list.js';
import { emptyItemList, type ItemList } from './item-list.js';
import { emptyKeyedList } from './keyed-list.js';
import { emptyVector, type PersistentVector } from './persistent-vector.js';
import type { TurnRecord } from './records.js';
import { type ItemSelection, Selection } from './selection.js';
import type { ThreadCursor, ThreadsState } from './threads-state.js';
import { TurnList } from './turn-list.js';
import type { Notice, ThreadSnapshot } from './types.js';

/** All that an event is applied to. */
export interface ReducerState extends ThreadsState {
  readonly items: ItemList;
}

/** A snapshot of the reducer: its lists know more than they show. */
export interface StatefulSnapshot extends ThreadSnapshot {
  readonly turns: TurnList;
  readonly items: ItemList;
  readonly files: FileList;
  readonly commands: ItemSelection<CommandExecutionItem>;
  readonly messages: ItemSelection<AgentMessageItem>;
  readonly notices: PersistentVector<Notice>;
}

export function stateOf({ turns: { threads }, items }: StatefulSnapshot): ReducerState {
  return { turns: threads.turns, items, main: threads.main, others: threads.others, ended: threads.ended };
}

export function threadsOf({ turns, main, others, ended }: ReducerState): ThreadsState {
  return { turns, main, others, ended };
}

/** A thread whose run begins here. */
export function newCursor(
  thread_id: string | undefined,
  turns: number,
  items: number,
  run = 0,
  attempt = 0,
): ThreadCursor {
  const outside = { thread_id, turn_id: undefined, run, attempt, turn: -1 };
  return {
    thread_id,
    started: false,
    run,
    attempt,
    firstTurn: turns,
    turn: -1,
    open: [],
    current: outside,
    outside,
    firstItem: items,
    openFrom: items,
    meter: freshMeter,
  };
}

/** The state in which an event is applied, and the cursor of the thread that it is about: the main one if it names none. */
export function located(state: ReducerState, event: EventContext): [state: ReducerState, cursor: ThreadCursor] {
  const { thread_id } = event;
  const { main } = state;
  if (thread_id === undefined || thread_id === main.thread_id) return [state, main];
  if (main.thread_id === undefined) {
    const outside = { ...main.outside, thread_id };
    const adopted = { ...main, thread_id, outside, current: main.turn < 0 ? outside : main.current };
    return [{ ...state, main: adopted }, adopted];
  }
  const known = state.others.get(thread_id);
  if (known !== undefined) return [state, known];
  const cursor = newCursor(thread_id, state.turns.length, state.items.length);
  return [{ ...state, others: new Map(state.others).set(thread_id, cursor) }, cursor];
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** Copies to be changed before they are handed out. Field by field, as spreading costs more. */
export function draftOf(snapshot: StatefulSnapshot): Draft<StatefulSnapshot> {
  return {
    thread_id: snapshot.thread_id,
    attempt: snapshot.attempt,
    status: snapshot.status,
    error: snapshot.error,
    turns: snapshot.turns,
    items: snapshot.items,
    plan: snapshot.plan,
    files: snapshot.files,
    commands: snapshot.commands,
    messages: snapshot.messages,
    notices: snapshot.notices,
    usage: snapshot.usage,
  };
}

export function draftOfState(state: ReducerState): Draft<ReducerState> {
  return {
    turns: state.turns,
    items: state.items,
    main: state.main,
    others: state.others,
    ended: state.ended,
  };
}

/** The state with the cursor of one thread replaced. */
export function withCursor(state: ReducerState, before: ThreadCursor, after: ThreadCursor): ReducerState {
  if (before === after) return state;
  const next = draftOfState(state);
  if (before === state.main) next.main = after;
  else if (after.thread_id !== undefined) next.others = new Map(state.others).set(after.thread_id, after);
  return next;
}

const emptyThreads: ThreadsState = {
  turns: /* @__PURE__ */ emptyKeyedList<TurnRecord>((turn) => turn.where.turn_id),
  main: /* @__PURE__ */ newCursor(undefined, 0, 0),
  others: /* @__PURE__ */ new Map(),
  ended: -1,
};

/** What is known before the first event. */
export const emptySnapshot: ThreadSnapshot = /* @__PURE__ */ initialSnapshot();

function initialSnapshot(): StatefulSnapshot {
  return {
    thread_id: undefined,
    attempt: 0,
    status: 'pending',
    error: undefined,
    turns: new TurnList(emptyThreads, emptyItemList.records),
    items: emptyItemList,
    plan: undefined,
    files: emptyFileList,
    commands: new Selection(emptyItemList.records, emptyVector<number>()),
    messages: new Selection(emptyItemList.records, emptyVector<number>()),
    notices: emptyVector(),
    usage: { total: undefined, turn: undefined },
  };
}
