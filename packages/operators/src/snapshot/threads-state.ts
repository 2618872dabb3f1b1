import { freshMeter, type UsageMeter } from '../usage/usage-meter.js';
import { emptyKeyedList, type KeyedList } from './keyed-list.js';
import type { TurnRecord, Where } from './records.js';

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

/** A thread whose run begins here. */
export function newCursor(
  thread_id: string | undefined,
  turns: number,
  items: number,
  { started = false, run = 0, attempt = 0, meter = freshMeter }: Partial<ThreadCursor> = {},
): ThreadCursor {
  const outside = { threadId: thread_id, turnId: undefined, run, attempt, turn: -1 };
  return {
    thread_id,
    started,
    run,
    attempt,
    firstTurn: turns,
    turn: -1,
    open: [],
    current: outside,
    outside,
    firstItem: items,
    openFrom: items,
    meter,
  };
}

/** A thread that stands elsewhere in the same run. Field by field, as spreading costs more. */
export function movedCursor(
  { thread_id, started, run, attempt, firstTurn, outside, firstItem }: ThreadCursor,
  turn: number,
  open: readonly number[],
  current: Where,
  openFrom: number,
  meter: UsageMeter,
): ThreadCursor {
  return { thread_id, started, run, attempt, firstTurn, turn, open, current, outside, firstItem, openFrom, meter };
}

/** Where the threads of the stream stand. */
export interface ThreadsState {
  readonly turns: KeyedList<TurnRecord>;
  readonly main: ThreadCursor;
  /** The other threads of the stream, by id. */
  readonly others: ReadonlyMap<string, ThreadCursor>;
  /** Position of the turn whose end was told last; -1 before the first. */
  readonly ended: number;
}

/** Where the items of an event belong. */
export interface Place {
  readonly threads: Threads;
  readonly cursor: ThreadCursor;
  /** Position of the turn that the event is about; -1 outside of any. */
  readonly turn: number;
  /** Whether that turn has ended. */
  readonly isOver: boolean;
  /** Where a new item belongs. */
  readonly where: Where;
  /** Whether it is the turn of the main thread that is open. */
  readonly isUsual: boolean;
}

/** The threads of a snapshot. An item of an open turn does not change them. */
export class Threads implements ThreadsState {
  readonly turns: KeyedList<TurnRecord>;
  readonly main: ThreadCursor;
  readonly others: ReadonlyMap<string, ThreadCursor>;
  readonly ended: number;
  /** In the turn of the main thread that is open, if one is: nearly all items belong there. */
  readonly usual: Place | undefined;

  constructor({ turns, main, others, ended }: ThreadsState) {
    this.turns = turns;
    this.main = main;
    this.others = others;
    this.ended = ended;
    this.usual = usualPlace(this);
  }
}

function usualPlace(threads: Threads): Place | undefined {
  const { main: cursor } = threads;
  const { turn, open, current: where } = cursor;
  if (turn < 0 || open.at(-1) !== turn) return undefined;
  return { threads, cursor, turn, isOver: false, where, isUsual: true };
}

export const emptyThreads = /* @__PURE__ */ new Threads({
  turns: /* @__PURE__ */ emptyKeyedList<TurnRecord>((turn) => turn.where.turnId),
  main: /* @__PURE__ */ newCursor(undefined, 0, 0),
  others: /* @__PURE__ */ new Map(),
  ended: -1,
});
