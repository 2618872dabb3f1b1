import type {
  ChangedFile,
  ItemState,
  Notice,
  ThreadItem,
  ThreadStatus,
  TodoListItem,
  TurnError,
  TurnStatus,
  Usage,
} from '@codex-rx/core/events';

/** Facts about a run that its events do not contain. Session files have them, logs do not. */
export interface RunFacts {
  /** A name for the run, such as that of its file. */
  readonly title?: string | undefined;
  readonly model?: string | undefined;
  readonly folder?: string | undefined;
  readonly cliVersion?: string | undefined;
  /** The thread that runs this sub-agent. */
  readonly parent?: string | undefined;
}

/** When something happened, where it is known. In ms; times are since 1970. */
export interface Timing {
  readonly startedAt?: number | undefined;
  readonly endedAt?: number | undefined;
  readonly duration?: number | undefined;
}

/** An item with its state and time. */
export interface ReportItem extends Timing {
  /** The position among the items of the run, from 0. */
  readonly index: number;
  readonly item: ThreadItem;
  readonly state: ItemState;
  /** Whether it belongs to a sub-agent. */
  readonly isOfAgent: boolean;
}

/** A turn with its items. */
export interface ReportTurn extends Timing {
  /** `outside`: items that belong to no turn. */
  readonly status: TurnStatus | 'outside';
  readonly threadId?: string | undefined;
  readonly turnId?: string | undefined;
  readonly attempt: number;
  readonly error?: TurnError | undefined;
  readonly usage?: Usage | undefined;
  readonly items: readonly ReportItem[];
}

/** A received event as one line of JSON. */
export interface RawEvent {
  readonly type: string;
  readonly receivedAt?: number | undefined;
  /** Cut to 4096 characters and a note. */
  readonly json: string;
}

/** Everything that a report shows of one run. */
export interface RunReport extends Timing, RunFacts {
  readonly threadId?: string | undefined;
  readonly status: ThreadStatus;
  /** Why the last turn failed. */
  readonly error?: TurnError | undefined;
  /** The message of the error with which the stream of events ended. */
  readonly failure?: string | undefined;
  readonly turns: readonly ReportTurn[];
  readonly todos?: TodoListItem | undefined;
  readonly files: readonly ChangedFile[];
  readonly notices: readonly Notice[];
  /** The tokens of the thread. */
  readonly usage?: Usage | undefined;
  /** The first 10,000 events; empty for a report of a snapshot. */
  readonly events: readonly RawEvent[];
  readonly eventCount: number;
  /** The number of lines that are not events. */
  readonly malformed: number;
}
