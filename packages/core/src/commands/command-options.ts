import type { CodexOptions } from '../request/types.js';

/**
 * What every one-shot command takes. As for runs, but `workingDirectory` defaults to the host's: these commands look at the user's own files.
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

/** Options of the few commands to which the CLI lets a profile apply; it refuses to start the others with one. */
export interface ProfileCommandOptions extends CommandOptions, Pick<CodexOptions, 'profile'> {}

/** What a command wrote, and how it ended. */
export interface CommandOutput {
  /** `null` if a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The command line to read, secrets redacted. */
  readonly command: string;
}
