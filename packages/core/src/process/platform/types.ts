/** Describes a process. Pid and start time together identify it: another process may get the pid later. */
export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  /** Opaque; equal for the same process, different for another one with the same pid. */
  readonly startTime: string;
}

export type ProcessId = Pick<ProcessInfo, 'pid' | 'startTime'>;

export interface TaggedProcess extends ProcessInfo {
  /** The value of the requested variable. */
  readonly value: string;
}

/** A running process; `gone` also for a zombie; `unknown` if the system did not answer. */
export type Found = ProcessInfo | 'gone' | 'unknown';

export interface Listing<T extends ProcessInfo = ProcessInfo> {
  readonly processes: readonly T[];
  /** `false` if the system did not show everything. An empty listing then says nothing. */
  readonly isComplete: boolean;
  /** `false` if processes started or exited while the listing was taken, so that it may miss some. */
  readonly isStable: boolean;
}

/**
 * Operations of the operating system that termination needs. All are synchronous, because they also run while the
 * host exits.
 */
export interface ProcessPlatform {
  /** Whether a child can be started in a process group of its own. */
  readonly groups: boolean;
  /** Whether SIGINT and SIGTERM let a process end in its own way. */
  readonly gracefulSignals: boolean;
  /** Lists all running processes, without zombies. */
  list(): Listing;
  find(pid: number): Found;
  /**
   * Lists running processes that were started with this environment variable. The list is empty where environments
   * cannot be read.
   */
  listWithVariable(name: string): Listing<TaggedProcess>;
  /**
   * Returns the value of an environment variable of a process, `undefined` without one, and `unknown` if it cannot be
   * read.
   */
  variable(pid: number, name: string): { readonly value: string | undefined } | 'unknown';
  /**
   * Sends a signal to a process, or to a group by its negative pid. Returns `false` if nothing received it. Never
   * throws.
   */
  kill(pid: number, signal: NodeJS.Signals | 0): boolean;
}
