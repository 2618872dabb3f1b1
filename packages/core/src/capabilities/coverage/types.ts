/**
 * `explicit`: a function or an option of its own. `pass-through`: reachable through an option that accepts any words.
 * `unsupported`: on purpose; `reason` says why.
 */
export type CoverageLevel = 'explicit' | 'pass-through' | 'unsupported';

/** How one command, flag or argument of the CLI is covered. */
export interface Coverage {
  readonly level: CoverageLevel;
  /** The function or the option; `undefined` if it is unsupported. */
  readonly by: string | undefined;
  /** Why it is unsupported. */
  readonly reason?: string | undefined;
}

/** How a command is covered, with its flags and its arguments. */
export interface CommandCoverage extends Coverage {
  /** Such as `exec resume`; `''` is the root. */
  readonly path: string;
  readonly flags: Readonly<Record<string, Coverage>>;
  readonly args: Readonly<Record<string, Coverage>>;
}

/** How the surface of one version of the CLI is covered. */
export interface CoverageManifest {
  readonly version: string;
  readonly commands: readonly CommandCoverage[];
}
