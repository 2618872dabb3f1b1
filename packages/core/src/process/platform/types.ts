/** What is known of a process. Pid and start time together identify it: a pid alone may be somebody else's by now. */
export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  /** Opaque; equal for the same process, different for another one with the same pid. */
  readonly startTime: string;
}

export type ProcessId = Pick<ProcessInfo, 'pid' | 'startTime'>;

export interface TaggedProcess extends ProcessInfo {
  /** The value of the variable that was asked for. */
  readonly value: string;
}

/** What termination needs of an operating system. Everything is synchronous, so that it works while the host exits. */
export interface ProcessPlatform {
  /** Whether a child can be given a process group of its own. */
  readonly groups: boolean;
  /** Whether SIGINT and SIGTERM let a process end in its own way. */
  readonly gracefulSignals: boolean;
  /** All living processes, zombies left out. */
  list(): ProcessInfo[];
  /** One living process, or `undefined`: gone, or a zombie. */
  find(pid: number): ProcessInfo | undefined;
  /** Living processes that were started with this environment variable; none where environments cannot be read. */
  listWithVariable(name: string): TaggedProcess[];
  /** Sends a signal to a process, or to a group by its negative pid. `false` if there was nobody to get it. Never throws. */
  kill(pid: number, signal: NodeJS.Signals): boolean;
}
