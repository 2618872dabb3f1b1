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
    | 'profile'
    | 'config'
    | 'configOverrides'
    | 'enable'
    | 'disable'
    | 'mirrorStdout'
    | 'quiet'
  > {
  /** Ends the command; the Observable errors with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

/** What a command wrote, and how it ended. */
export interface CommandOutput {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The command line to read, secrets redacted. */
  readonly command: string;
}
