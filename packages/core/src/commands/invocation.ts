import type { CommandCapabilities } from '../request/command-capabilities.js';

/** The arguments and the input of a command. */
export interface Invocation {
  /** The subcommand with its own arguments; options of every command are put before it. */
  readonly args: readonly string[];
  /** More words before the subcommand. */
  readonly globals?: readonly string[] | undefined;
  /** Written to standard input, which is the place for secrets. */
  readonly stdin?: string | undefined;
  /** Values that must not be part of any error. */
  readonly secrets?: readonly string[] | undefined;
  /** Standard output may contain secrets: it is not part of any error. */
  readonly isOutputSecret?: boolean | undefined;
  /** Exit codes that are results, not failures. Default: 0 only. `any`: all, and signals. */
  readonly accept?: readonly number[] | 'any' | undefined;
  /** Also kill the processes that it leaves running when it exits. Default `false`: it may start a daemon. */
  readonly reap?: boolean | undefined;
  /** Default: the host's working directory. `temporary`: a fresh folder, unless the request names one. */
  readonly cwd?: 'temporary' | undefined;
  /** Default timeout in ms, if not 120,000. */
  readonly timeout?: number | undefined;
}

/** Facts about the CLI that are available before it runs. */
export interface Cli {
  /** Returns the capabilities of this version; runs `codex --version` once per binary. */
  facts(): Promise<CommandCapabilities>;
}

/** Called on subscribe, so that a bad request is an error of the Observable. */
export type Invoke = (cli: Cli) => Invocation | Promise<Invocation>;
