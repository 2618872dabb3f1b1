/** The process that a command runs in. */
export interface Context {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  /** The folder that relative paths are relative to. */
  readonly cwd: string;
  /** Aborted by Ctrl-C, SIGTERM and SIGHUP, and when the reader of the standard output has gone. */
  readonly signal: AbortSignal;
}

/** Registers the work of the called command. The work imports its module, so that other commands do not load it. */
export type Start = (work: (context: Context) => Promise<number>) => void;
