import type { CommandCapabilities } from '../request/command-capabilities.js';

/** What is run. */
export interface Invocation {
  /** The subcommand with its own arguments; options of every command are put before it. */
  readonly args: readonly string[];
  /** More words before the subcommand. */
  readonly globals?: readonly string[] | undefined;
  /** Written to standard input; where secrets go. */
  readonly stdin?: string | undefined;
  /** Must not be shown in any error. */
  readonly secrets?: readonly string[] | undefined;
  /** Standard output may contain secrets: it is not part of any error. */
  readonly isOutputSecret?: boolean | undefined;
  /** Exit codes that are answers, not failures. Default: 0 only. `any`: all, and signals. */
  readonly accept?: readonly number[] | 'any' | undefined;
  /** Default: the host's working directory. `temporary`: a fresh folder, unless the request names one. */
  readonly cwd?: 'temporary' | undefined;
  /** Milliseconds, where 120,000 is no good default. */
  readonly timeout?: number | undefined;
}

/** What can be asked about the CLI before it is run. */
export interface Cli {
  /** What the version of this CLI knows; asks the CLI, once per binary. */
  facts(): Promise<CommandCapabilities>;
}

/** Called when somebody subscribes, so that a bad request is an error of the Observable. */
export type Invoke = (cli: Cli) => Invocation | Promise<Invocation>;
