/** What a command uses of its process. */
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

/** Registers the work of the command that was called. Its module is imported within, so that the others cost nothing. */
export type Start = (work: (context: Context) => Promise<number>) => void;
