import type { CodexOptions } from '../request/types.js';

/**
 * Options of every one-shot command. They are those of runs, but `workingDirectory` defaults to the host's: commands
 * read the user's own files.
 */
export interface CommandOptions
  extends Pick<
    CodexOptions,
    | 'binary'
    | 'codexHome'
    | 'createHomeDirs'
    | 'workingDirectory'
    | 'env'
    | 'inheritEnv'
    | 'timeout'
    | 'terminateGrace'
    | 'config'
    | 'configOverrides'
    | 'enable'
    | 'disable'
    | 'mirrorStdout'
    | 'mirrorStderr'
  > {
  /** Ends the command; the Observable errors with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of the commands that accept a profile; the CLI rejects it for all others. */
export interface ProfileCommandOptions extends CommandOptions, Pick<CodexOptions, 'profile'> {}

/** The output and the exit status of a command. */
export interface CommandOutput {
  /** `null` if a signal ended it. */
  readonly exitCode: number | null;
  /** The signal that ended the command; `null` if it exited. */
  readonly signal: string | null;
  /** Standard output. */
  readonly stdout: string;
  /** Standard error, secrets redacted. */
  readonly stderr: string;
  /** The printable command line, secrets redacted. */
  readonly command: string;
}
