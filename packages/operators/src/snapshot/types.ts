import type {
  AgentMessageItem,
  CommandExecutionItem,
  FileUpdateChange,
  ThreadItem,
  TodoListItem,
  TurnError,
  Usage,
} from '@codex-rx/core/events';
import type { Notice } from '../thread/notice.js';

export type { Notice } from '../thread/notice.js';

/**
 * An immutable list. It never changes: a longer or changed list is another object that shares the unchanged parts.
 * Serializes to a JSON array.
 */
export interface Sequence<T> extends Iterable<T> {
  readonly length: number;
  /** As `Array.prototype.at`: negative positions count from the end. Takes effectively constant time. */
  at(index: number): T | undefined;
  toArray(): T[];
  toJSON(): T[];
}

/**
 * `interrupted`: the end of the turn was not received before the thread continued with another turn or in another
 * process, or the stream with another thread.
 */
export type TurnStatus = 'in_progress' | 'completed' | 'failed' | 'interrupted';

/** The current state of a turn. */
export interface TurnSnapshot {
  readonly threadId: string | undefined;
  readonly turnId: string | undefined;
  /** How many times the thread had been started or resumed in this stream before; from 0. */
  readonly run: number;
  /** The `attempt` of the run, set by `resumeOnFailure()`; 0 for a first run. */
  readonly attempt: number;
  readonly status: TurnStatus;
  /** Why it failed. */
  readonly error: TurnError | undefined;
  /** The tokens of this turn; `undefined` where they cannot be known. */
  readonly usage: Usage | undefined;
  /** The items that belong to this turn, in the order of their first event. */
  readonly items: Sequence<ThreadItem>;
}

export type ItemState = 'in_progress' | 'completed' | 'failed';

/** The current state of an item, with its thread and turn. */
export interface ItemSnapshot {
  /** Position in `items` of the snapshot. Never changes and is unique in the stream, unlike item ids. */
  readonly index: number;
  readonly item: ThreadItem;
  /** `in_progress` until the item's last event; an item of a turn that has ended may stay in progress. */
  readonly state: ItemState;
  readonly threadId: string | undefined;
  /** `undefined` for an item outside of any turn. */
  readonly turnId: string | undefined;
  readonly run: number;
  readonly attempt: number;
  /** Why it failed (legacy logs). */
  readonly error: TurnError | undefined;
}

/** Selects one of the items with the same id: ids restart with each process. Default: the latest. */
export interface ItemScope {
  readonly threadId?: string;
  readonly turnId?: string;
  readonly run?: number;
}

/** The items of a stream in the order of their first event. */
export interface ItemSequence extends Sequence<ThreadItem> {
  /** The latest item with this id, in effectively constant time. */
  byId(id: string, scope?: ItemScope): ThreadItem | undefined;
  /** The item at a position (as `at`) with its state and where it belongs. */
  snapshotAt(index: number): ItemSnapshot | undefined;
  /** All items with their states. */
  snapshots(): IterableIterator<ItemSnapshot>;
}

/** The combined changes of one file by the patches of a stream. */
export interface ChangedFile {
  readonly path: string;
  /** All changes taken together: a file that was added and then updated is an `add`. */
  readonly kind: FileUpdateChange['kind'];
  /** Of the last patch. After a `failed` one the file may or may not have been written. */
  readonly status: string;
  /** How many patches named it. */
  readonly patches: number;
}

/** The files in the order of their first change. */
export interface FileSequence extends Sequence<ChangedFile> {
  byPath(path: string): ChangedFile | undefined;
}

/** `pending`: the thread's next turn has not started. */
export type ThreadStatus = 'pending' | 'in_progress' | 'completed' | 'failed';

/**
 * The state of a stream after an event. Immutable: the next snapshot is another object that shares the unchanged parts,
 * or the same object if an event changed nothing. Serializes to JSON.
 *
 * Lists contain the values of all threads of the stream. `threadId`, `attempt`, `status`, `error`, `todos` and `usage`
 * are those of the main thread: the last thread that started, except for threads of sub-agents, which start during a
 * `collab_tool_call` of the main thread.
 */
export interface ThreadSnapshot {
  readonly threadId: string | undefined;
  /** Of the run, set by `resumeOnFailure()`; 0 for a first run. */
  readonly attempt: number;
  readonly status: ThreadStatus;
  /** Why the last turn failed; only with status `failed`. */
  readonly error: TurnError | undefined;
  readonly turns: Sequence<TurnSnapshot>;
  readonly items: ItemSequence;
  /** The latest to-do list. */
  readonly todos: TodoListItem | undefined;
  readonly files: FileSequence;
  readonly commands: Sequence<CommandExecutionItem>;
  readonly messages: Sequence<AgentMessageItem>;
  readonly notices: Sequence<Notice>;
  readonly usage: {
    /** The thread's tokens so far; `undefined` until a turn has reported them. */
    readonly total: Usage | undefined;
    /** Tokens of the last turn that reported any, where they can be computed. */
    readonly turn: Usage | undefined;
  };
}
