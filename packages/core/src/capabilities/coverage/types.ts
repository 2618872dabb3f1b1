/**
 * `explicit`: a function or an option of its own. `pass-through`: reachable through an option that accepts any words.
 * `unsupported`: on purpose; `reason` says why.
 */
export type CoverageLevel = 'explicit' | 'pass-through' | 'unsupported';

/** How one command, flag or argument of the CLI is covered. */
export interface Coverage {
  /** How far it is covered. */
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
  /** The flags of the command, with their coverage. */
  readonly flags: Readonly<Record<string, Coverage>>;
  /** The arguments of the command, with their coverage. */
  readonly args: Readonly<Record<string, Coverage>>;
}

/** How the surface of one version of the CLI is covered. */
export interface CoverageManifest {
  /** The version of the CLI. */
  readonly version: string;
  /** The commands of the CLI. */
  readonly commands: readonly CommandCoverage[];
}
