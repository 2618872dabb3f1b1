import type { OpenString, ThreadItem } from './items.js';

/**
 * Token counts. From CLI 0.98 on they are totals of the *thread*, not of the turn; up to 0.75 of the process.
 */
export interface Usage {
  readonly input_tokens: number;
  readonly cached_input_tokens: number;
  readonly output_tokens: number;
  /** CLI ≥ 0.125. */
  readonly reasoning_output_tokens?: number;
  /** CLI ≥ 0.150. */
  readonly cache_write_input_tokens?: number;
}

/** Why a turn failed, in the words of the CLI, with its category if it is known. */
export interface TurnError {
  readonly message: string;
  readonly code?: string | null;
  readonly category?: FailureCategory;
}

/** Classes of failure that programs act on. */
export type FailureCategory =
  | 'usage_limit'
  | 'auth'
  | 'context'
  | 'overloaded'
  | 'disconnected'
  | 'input_too_large'
  | 'config'
  | 'usage'
  | 'panic'
  | 'unknown';

/** On every event, where known: on the wire, or inherited from the events before it. */
export interface EventContext {
  readonly thread_id?: string;
  /** From the wire, or `synthetic-turn-N`. */
  readonly turn_id?: string;
  /** Set by `rolloutToEvents()`: a copy from the session that this one was forked from (CLI ≤ 0.125). */
  readonly inherited?: boolean;
  /** With the option `receivedAt`: when the event was read, in ms since 1970. In session files: when written. */
  readonly receivedAt?: number;
  /** Set by `attach$`: it happened before the attachment. */
  readonly replayed?: boolean;
}

/** The thread exists. Always the first event of a run. */
export interface ThreadStartedEvent extends EventContext {
  readonly type: 'thread.started';
  readonly thread_id: string;
  /** `true` when the thread existed before: set by `resume$`, or a `thread.resumed` on the wire. */
  readonly resumed?: boolean;
  /** Set by `fork$`: the session that was forked. */
  readonly forked_from?: string;
  /** Set by `resumeOnFailure()`: the number of the attempt that starts here, from 1. */
  readonly attempt?: number;
}

/** A prompt is being worked on. In CLI 0.98 the turns of sub-agents show as well, inside the open turn. */
export interface TurnStartedEvent extends EventContext {
  readonly type: 'turn.started';
}

/** The turn is over and was successful, also if every command in it failed. */
export interface TurnCompletedEvent extends EventContext {
  readonly type: 'turn.completed';
  /** Absent in legacy logs. */
  readonly usage?: Usage;
}

/** The turn is over and was not successful. */
export interface TurnFailedEvent extends EventContext {
  readonly type: 'turn.failed';
  readonly error: TurnError;
}

/** The item has started. Items start and complete in any order, and an item may never complete. */
export interface ItemStartedEvent extends EventContext {
  readonly type: 'item.started';
  readonly item: ThreadItem;
}

/** The current item. *Replaces* the item that was received before. */
export interface ItemUpdatedEvent extends EventContext {
  readonly type: 'item.updated';
  readonly item: ThreadItem;
}

/** The item is final. An item may complete without having started. */
export interface ItemCompletedEvent extends EventContext {
  readonly type: 'item.completed';
  readonly item: ThreadItem;
}

/** Text to *append* to fields of an item; other fields of a delta replace. */
export interface ItemDelta {
  readonly text_delta?: string;
  readonly output_delta?: string;
}

/** A piece of an item (app-server, legacy logs); `exec` never sends one. */
export interface ItemDeltaEvent extends EventContext {
  readonly type: 'item.delta';
  readonly item_id: string;
  readonly item_type: OpenString<Exclude<ThreadItem['type'], 'unknown'>>;
  readonly delta: ItemDelta;
}

/** Legacy logs only. */
export interface ItemFailedEvent extends EventContext {
  readonly type: 'item.failed';
  readonly item_id: string;
  readonly error: TurnError;
}

/** A notice such as `Reconnecting... 1/5`; information, never the end. */
export interface ErrorEvent extends EventContext {
  readonly type: 'error';
  readonly message: string;
  readonly code?: string | null;
  /** App-server only. */
  readonly will_retry?: boolean;
}

/** The tokens of the thread after an answer of the model. App-server only. */
export interface UsageUpdatedEvent extends EventContext {
  readonly type: 'usage.updated';
  /** Tokens of the thread so far. */
  readonly total: Usage;
  /** Tokens of the last answer. After a compaction, an estimate. */
  readonly last: Usage;
  /** Tokens that fit in the model's context. */
  readonly context_window?: number | null;
}

/** The changes of the turn so far. *Replaces* the diff that was received before. App-server only. */
export interface TurnDiffEvent extends EventContext {
  readonly type: 'turn.diff';
  /** A unified diff of all files. */
  readonly diff: string;
}

/** Valid JSON with an unknown `type`. */
export interface UnknownEvent extends EventContext {
  readonly type: 'unknown';
  /** The `type` on the wire. */
  readonly event_type: string;
  /** The object, unchanged. */
  readonly raw: unknown;
}

/** A line that is not an event: not JSON, no textual `type`, or a known `type` whose body is wrong. */
export interface MalformedEvent extends EventContext {
  readonly type: 'malformed';
  /** The line, cut to 64 KiB. */
  readonly line: string;
  /** 1-based, blank lines count. */
  readonly line_number: number;
  /** The problem and its location. */
  readonly error: string;
  /** The `type`, if it was text. */
  readonly event_type?: string;
  /** The parsed value, if it was JSON. */
  readonly raw?: unknown;
}

/** Everything that a run can emit, discriminated on `type`. Fields that are not known here survive at runtime. */
export type ThreadEvent =
  | ThreadStartedEvent
  | TurnStartedEvent
  | TurnCompletedEvent
  | TurnFailedEvent
  | ItemStartedEvent
  | ItemUpdatedEvent
  | ItemCompletedEvent
  | ItemDeltaEvent
  | ItemFailedEvent
  | ErrorEvent
  | UsageUpdatedEvent
  | TurnDiffEvent
  | UnknownEvent
  | MalformedEvent;

export type ThreadEventType = ThreadEvent['type'];
