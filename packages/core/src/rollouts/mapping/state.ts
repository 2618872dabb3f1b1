import type { ThreadEvent, Usage } from '../../events/events.js';
import type { ThreadItem, TodoListItem } from '../../events/items.js';
import type { ResponseItem } from '../records.js';

export type ToolCall = Extract<ResponseItem, { readonly type: 'function_call' | 'custom_tool_call' }>;

/** A call of a tool without an output yet, or whose command still runs after the first output. */
export type OpenCall =
  | { readonly kind: 'plan'; readonly items: TodoListItem['items']; readonly call: ToolCall }
  | {
      readonly kind: 'item';
      readonly item: ThreadItem;
      readonly call: ToolCall;
      /** The id of a running command, for `write_stdin`. */
      readonly session?: string;
    }
  /** A call whose item is another record. */
  | { readonly kind: 'other'; readonly index: number };

export interface OpenTurn {
  readonly id: string;
  /** Whether the file marks its end (CLI ≥ 0.125). */
  readonly marked: boolean;
  /** Whether it is a turn of the session that this one was forked from. */
  readonly inherited: boolean;
  readonly todo?: TodoListItem;
  /** The last response of the model; only a finished turn ends with a message. */
  readonly last?: 'message' | 'call';
}

/** The state of the mapping between records. Immutable. */
export interface MappingState {
  readonly threadId?: string;
  /** For the relative paths of patches. */
  readonly cwd: string;
  /** Whether the file contains finished items (CLI ≥ 0.150), or calls and outputs to build items from. */
  readonly source: 'items' | 'responses';
  /** Whether the current record is a copy from the session that this one was forked from. */
  readonly inherited: boolean;
  /** Whether another thread started this one. */
  readonly subAgent: boolean;
  /** The time of the current record, in ms since 1970. */
  readonly now: number;
  readonly turn?: OpenTurn;
  /** The turn that ended last: its background commands are recorded after its end. */
  readonly closedTurnId?: string;
  readonly usage?: Usage;
  readonly calls: ReadonlyMap<string, OpenCall>;
  /** The number of calls. */
  readonly called: number;
  /** The numbers of synthetic ids of turns and items. */
  readonly madeTurns: number;
  readonly madeItems: number;
}

export const initialState: MappingState = {
  cwd: '/',
  source: 'items',
  inherited: false,
  subAgent: false,
  now: 0,
  calls: new Map(),
  called: 0,
  madeTurns: 0,
  madeItems: 0,
};

/** An event and its time, in ms since 1970; the end of a turn is last, at `Infinity`. */
export interface Timed {
  readonly event: ThreadEvent;
  readonly at: number;
  /** The order of parallel calls within a millisecond: all starts, then all ends. */
  readonly parallel?: number;
}

/** The state after a record, and the events of the record. */
export type Mapped = readonly [state: MappingState, events: readonly Timed[]];

/** An event without the ids that every event carries. */
type Bare<Event> = Event extends ThreadEvent ? Omit<Event, 'thread_id' | 'turn_id'> : never;

/** Adds the thread, the turn (by default the open one) and the time (by default that of the record). */
export function withContext(
  state: MappingState,
  event: Bare<ThreadEvent>,
  { turnId = state.turn?.id, at = state.now }: { readonly turnId?: string | undefined; readonly at?: number } = {},
): Timed {
  const ids = {
    ...(state.threadId !== undefined && { thread_id: state.threadId }),
    ...(turnId !== undefined && { turn_id: turnId }),
    ...((state.turn?.inherited ?? state.inherited) && { inherited: true }),
  };
  return { event: { ...event, ...ids } as ThreadEvent, at };
}

/** Applies a step to the state of the first, and joins the events of both. */
export function chain(first: Mapped, next: (state: MappingState) => Mapped): Mapped {
  const [state, events] = next(first[0]);
  return [state, [...first[1], ...events]];
}

/** Completes an item that has no id in the file. */
export function addItem(state: MappingState, build: (id: string) => ThreadItem): Mapped {
  const item = build(`item_${String(state.madeItems)}`);
  return [{ ...state, madeItems: state.madeItems + 1 }, [withContext(state, { type: 'item.completed', item })]];
}
