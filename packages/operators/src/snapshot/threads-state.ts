import type { UsageMeter } from '../usage/usage-meter.js';
import type { KeyedList } from './keyed-list.js';
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

/** Where the threads of the stream stand. An item of an open turn does not change it. */
export interface ThreadsState {
  readonly turns: KeyedList<TurnRecord>;
  readonly main: ThreadCursor;
  /** The other threads of the stream, by id. */
  readonly others: ReadonlyMap<string, ThreadCursor>;
  /** Position of the turn whose end was told last; -1 before the first. */
  readonly ended: number;
}
