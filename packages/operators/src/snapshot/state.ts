import type { AgentMessageItem, CommandExecutionItem, EventContext } from '@codex-rx/core/events';
import { freshMeter, type UsageMeter } from '../usage/usage-meter.js';
import { emptyFileList, type FileList } from './file-list.js';
import { ItemList } from './item-list.js';
import { emptyKeyedList, type KeyedList } from './keyed-list.js';
import { emptyVector, type PersistentVector } from './persistent-vector.js';
import type { ItemRecord, TurnRecord, Where } from './records.js';
import { Selection } from './selection.js';
import { TurnList } from './turn-list.js';
import type { Notice, ThreadSnapshot } from './types.js';

/** Where a thread of the stream stands. */
export interface ThreadCursor {
  readonly thread_id: string | undefined;
  /** Whether a `thread.started` was seen. */
  readonly started: boolean;
  readonly run: number;
  readonly attempt: number;
  /** Position in `turns` of the first turn of this run. */
  readonly firstTurn: number;
  /** Position in `turns` of the turn that started last in this run; -1 before the first. */
  readonly turn: number;
  /** Positions in `turns` of the turns that have not ended; at most one in a sane stream. */
  readonly open: readonly number[];
  /** Where items of the turn `turn` belong; items outside of any turn, before the first. */
  readonly current: Where;
  /** Where items outside of any turn belong. */
  readonly outside: Where;
  /** Position in `items` of the first item of this run. */
  readonly firstItem: number;
  /** No item before this position belongs to an open turn, or can still be taken over by one. */
  readonly openFrom: number;
  readonly meter: UsageMeter;
}

/** What the reducer must know beside what it shows. */
export interface ReducerState {
  readonly turns: KeyedList<TurnRecord>;
  readonly items: KeyedList<ItemRecord>;
  readonly main: ThreadCursor;
  /** The other threads of the stream, by id. */
  readonly others: ReadonlyMap<string, ThreadCursor>;
  /** Positions of the commands, and of the messages of the agent. */
  readonly commands: PersistentVector<number>;
  readonly messages: PersistentVector<number>;
  /** Position of the item that changed last; -1 before the first. */
  readonly changed: number;
  /** Position of the turn whose end was told last; -1 before the first. */
  readonly ended: number;
  /** No item is called `item_N` with an N as high as this. */
  readonly nextNumber: number;
}

/** A symbol, so that it is no part of what a snapshot shows or serialises to. */
export const stateKey: unique symbol = /* @__PURE__ */ Symbol('codex-rx snapshot state');

export interface StatefulSnapshot extends ThreadSnapshot {
  readonly files: FileList;
  readonly notices: PersistentVector<Notice>;
  readonly [stateKey]: ReducerState;
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

/** Copies to be changed before they are handed out. Field by field: spreading an object with a symbol in it costs ten times as much. */
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
    [stateKey]: snapshot[stateKey],
  };
}

export function draftOfState(state: ReducerState): Draft<ReducerState> {
  return {
    turns: state.turns,
    items: state.items,
    main: state.main,
    others: state.others,
    commands: state.commands,
    messages: state.messages,
    changed: state.changed,
    ended: state.ended,
    nextNumber: state.nextNumber,
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

const emptyState: ReducerState = {
  turns: /* @__PURE__ */ emptyKeyedList<TurnRecord>((turn) => turn.where.turn_id),
  items: /* @__PURE__ */ emptyKeyedList<ItemRecord>((record) => record.item.id),
  main: /* @__PURE__ */ newCursor(undefined, 0, 0),
  others: /* @__PURE__ */ new Map(),
  commands: emptyVector(),
  messages: emptyVector(),
  changed: -1,
  ended: -1,
  nextNumber: 0,
};

/** What is known before the first event. */
export const emptySnapshot: ThreadSnapshot = /* @__PURE__ */ initialSnapshot();

function initialSnapshot(): StatefulSnapshot {
  return {
    thread_id: undefined,
    attempt: 0,
    status: 'pending',
    error: undefined,
    turns: new TurnList(emptyState.turns, emptyState.items.vector),
    items: new ItemList(emptyState.items),
    plan: undefined,
    files: emptyFileList,
    commands: new Selection<CommandExecutionItem>(emptyState.items.vector, emptyState.commands),
    messages: new Selection<AgentMessageItem>(emptyState.items.vector, emptyState.messages),
    notices: emptyVector(),
    usage: { total: undefined, turn: undefined },
    [stateKey]: emptyState,
  };
}
