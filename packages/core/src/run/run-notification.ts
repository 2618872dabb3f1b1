import type { ThreadEvent } from '../events/events.js';

/** The process runs. */
export interface RunStarted {
  /** The process was spawned, or the server is ready. */
  readonly type: 'started';
  /** How the run reaches the CLI. */
  readonly transport: 'exec' | 'app-server';
  /** The process id of the CLI; `undefined` for a server that this host has not spawned. */
  readonly pid: number | undefined;
  /** The command line to read, secrets redacted. */
  readonly command: string;
  /** Arguments after the binary. */
  readonly argv: readonly string[];
  /** The working directory of the process. */
  readonly cwd: string;
}

/** The process is gone. Over the app-server: the run is over. */
export interface RunExited {
  /** The process has exited, or the server has released the thread. */
  readonly type: 'exited';
  /** `null` if a signal ended it. Over the app-server 0 for a completed turn, 1 for a failed one, otherwise `null`. */
  readonly code: number | null;
  /** The signal that ended the process; `null` if it exited. */
  readonly signal: string | null;
  /** The final message: the file at `lastMessagePath` if it exists, else the last `agent_message`. */
  readonly lastMessage?: string;
  /** Absolute; with `outputLastMessage`. */
  readonly lastMessagePath?: string;
  /** Absolute; with `outputSchema`. The file of a schema given as an object has been removed. */
  readonly schemaPath?: string;
}

/** Everything about one run, in the order in which it happened. */
export type RunNotification =
  | RunStarted
  | { readonly type: 'event'; readonly event: ThreadEvent }
  | { readonly type: 'stderr'; readonly text: string }
  | RunExited;
