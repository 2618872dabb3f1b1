import type { TurnError, Usage } from '../events.js';
import type { AgentMessageItem, CommandExecutionItem, FileUpdateChange, ThreadItem, TodoListItem } from '../items.js';
import type { Notice } from '../notice.js';

export type { Notice } from '../notice.js';

/**
 * An immutable list. It never changes: a longer or changed list is another object that shares the unchanged parts.
 * Serializes to a JSON array.
 */
export interface Sequence<T> extends Iterable<T> {
  /** The number of values. */
  readonly length: number;
  /** As `Array.prototype.at`: negative positions count from the end. Takes effectively constant time. */
  at(index: number): T | undefined;
  /** As `Array.prototype.map`; returns an array. */
  map<R>(project: (value: T, index: number) => R): R[];
  /** As `Array.prototype.filter`; returns an array. */
  filter<S extends T>(predicate: (value: T, index: number) => value is S): S[];
  filter(predicate: (value: T, index: number) => boolean): T[];
  /** As `Array.prototype.find`. */
  find<S extends T>(predicate: (value: T, index: number) => value is S): S | undefined;
  find(predicate: (value: T, index: number) => boolean): T | undefined;
  /** As `Array.prototype.slice`; returns an array. Reads only the values of the range. */
  slice(start?: number, end?: number): T[];
  /** As `Array.prototype.entries`. */
  entries(): IterableIterator<[index: number, value: T]>;
  /** Returns a new array of the values. */
  toArray(): T[];
  /** As `toArray`: `JSON.stringify` writes an array. */
  toJSON(): T[];
}

/**
 * `interrupted`: the end of the turn was not received before the thread continued with another turn or in another
 * process, or the stream with another thread.
 */
export type TurnStatus = 'in_progress' | 'completed' | 'failed' | 'interrupted';

/** The current state of a turn. */
export interface TurnSnapshot {
  /** The thread of the turn, if it is known. */
  readonly threadId: string | undefined;
  /** The id of the turn, if it is known. */
  readonly turnId: string | undefined;
  /** How many times the thread had been started or resumed in this stream before; from 0. */
  readonly run: number;
  /** The `attempt` of the run, set by `resumeOnFailure()`; 0 for a first run. */
  readonly attempt: number;
  /** `in_progress` until its end is received. */
  readonly status: TurnStatus;
  /** Why it failed. */
  readonly error: TurnError | undefined;
  /** The tokens of this turn; `undefined` where they cannot be known. */
  readonly usage: Usage | undefined;
  /** The items that belong to this turn, in the order of their first event. */
  readonly items: Sequence<ThreadItem>;
}

/** How far an item is: `failed` only in legacy logs, which report failures of items as events. */
export type ItemState = 'in_progress' | 'completed' | 'failed';

/** The current state of an item, with its thread and turn. */
export interface ItemSnapshot {
  /** Position in `items` of the snapshot. Never changes and is unique in the stream, unlike item ids. */
  readonly index: number;
  /** The item after its last event. */
  readonly item: ThreadItem;
  /** `in_progress` until the item's last event; an item of a turn that has ended may stay in progress. */
  readonly state: ItemState;
  /** The thread of the item, if it is known. */
  readonly threadId: string | undefined;
  /** `undefined` for an item outside of any turn. */
  readonly turnId: string | undefined;
  /** How many times the thread had been started or resumed before; from 0. */
  readonly run: number;
  /** The `attempt` of the run, set by `resumeOnFailure()`; 0 for a first run. */
  readonly attempt: number;
  /** Why it failed (legacy logs). */
  readonly error: TurnError | undefined;
}

/** Selects one of the items with the same id: ids restart with each process. Default: the latest. */
export interface ItemScope {
  /** Only items of this thread. */
  readonly threadId?: string | undefined;
  /** Only items of this turn. */
  readonly turnId?: string | undefined;
  /** Only items of this run of their thread; from 0. */
  readonly run?: number | undefined;
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
  /** The path as the CLI reports it. */
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
  /** The changes of one file, in effectively constant time. */
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
  /** The id of the main thread; `undefined` until it is known. */
  readonly threadId: string | undefined;
  /** Of the run, set by `resumeOnFailure()`; 0 for a first run. */
  readonly attempt: number;
  /** How far the last turn of the main thread is. */
  readonly status: ThreadStatus;
  /** Why the last turn failed; only with status `failed`. */
  readonly error: TurnError | undefined;
  /** The turns in the order of their start. */
  readonly turns: Sequence<TurnSnapshot>;
  /** The items in the order of their first event. */
  readonly items: ItemSequence;
  /** The latest to-do list. */
  readonly todos: TodoListItem | undefined;
  /** The files that patches changed, each once. */
  readonly files: FileSequence;
  /** The shell commands of the agent, in the order of their start. */
  readonly commands: Sequence<CommandExecutionItem>;
  /** The messages of the agent. The answer of a turn is usually the last one: see `finalMessage()`. */
  readonly messages: Sequence<AgentMessageItem>;
  /** Retries and warnings of the CLI. */
  readonly notices: Sequence<Notice>;
  /** Tokens that the CLI has reported. */
  readonly usage: {
    /** The thread's tokens so far; `undefined` until a turn has reported them. */
    readonly total: Usage | undefined;
    /** Tokens of the last turn that reported any, where they can be computed. */
    readonly turn: Usage | undefined;
  };
}
