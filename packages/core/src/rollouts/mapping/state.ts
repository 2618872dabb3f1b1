import type { ThreadEvent, Usage } from '../../events/events.js';
import type { ThreadItem, TodoListItem } from '../../events/items.js';

/** A call of a tool that has not been answered, or whose command goes on after the answer. */
export type OpenCall =
  | { readonly kind: 'plan'; readonly items: TodoListItem['items'] }
  | { readonly kind: 'item'; readonly item: ThreadItem }
  | { readonly kind: 'other'; readonly index: number };

export interface OpenTurn {
  readonly id: string;
  /** The file says when it ends (CLI ≥ 0.125). */
  readonly marked: boolean;
  readonly todo?: TodoListItem;
  /** What the model said last; only a turn that ended ends with a message. */
  readonly last?: 'message' | 'call';
}

/** What the mapper remembers between records. Immutable. */
export interface MappingState {
  readonly threadId?: string;
  /** For the relative paths of patches. */
  readonly cwd: string;
  /** Whether the file holds finished items (CLI ≥ 0.150), or calls and answers to make items of. */
  readonly source: 'items' | 'responses';
  /** A thread that another one runs. */
  readonly subAgent: boolean;
  /** When the record at hand was written, in ms since 1970. */
  readonly now: number;
  readonly turn?: OpenTurn;
  /** The turn that ended last: what it left running is recorded after its end. */
  readonly closedTurnId?: string;
  readonly usage?: Usage;
  readonly calls: ReadonlyMap<string, OpenCall>;
  /** How many calls there were. */
  readonly called: number;
  /** How many ids of turns and items were made up. */
  readonly madeTurns: number;
  readonly madeItems: number;
}

export const initialState: MappingState = {
  cwd: '/',
  source: 'items',
  subAgent: false,
  now: 0,
  calls: new Map(),
  called: 0,
  madeTurns: 0,
  madeItems: 0,
};

/** An event and when it happened, in ms since 1970; the ends of turns come last, at `Infinity`. */
export interface Timed {
  readonly event: ThreadEvent;
  readonly at: number;
  /** Of calls that run side by side: within a millisecond, they begin in the order of this, and then end. */
  readonly parallel?: number;
}

/** The state after a record, and the events that it makes. */
export type Mapped = readonly [state: MappingState, events: readonly Timed[]];

/** An event without the ids that every event carries. */
type Bare<Event> = Event extends ThreadEvent ? Omit<Event, 'thread_id' | 'turn_id'> : never;

/** Adds the thread, the turn (by default the open one) and the time (by default that of the record). */
export function tell(
  state: MappingState,
  event: Bare<ThreadEvent>,
  { turnId = state.turn?.id, at = state.now }: { readonly turnId?: string | undefined; readonly at?: number } = {},
): Timed {
  const ids = {
    ...(state.threadId !== undefined && { thread_id: state.threadId }),
    ...(turnId !== undefined && { turn_id: turnId }),
  };
  return { event: { ...event, ...ids } as ThreadEvent, at };
}

/** One after the other. */
export function chain(first: Mapped, next: (state: MappingState) => Mapped): Mapped {
  const [state, events] = next(first[0]);
  return [state, [...first[1], ...events]];
}

/** Completes an item that has no id in the file. */
export function addItem(state: MappingState, build: (id: string) => ThreadItem): Mapped {
  const item = build(`item_${String(state.madeItems)}`);
  return [{ ...state, madeItems: state.madeItems + 1 }, [tell(state, { type: 'item.completed', item })]];
}
