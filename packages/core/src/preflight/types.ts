import type { BinarySource } from '../binary/resolve.js';
import type { LoginStatus } from '../commands/auth/types.js';
import type { CommandOptions } from '../commands/command-options.js';
import type { HomeInspection } from '../home/inspect.js';
import type { CodexOptions } from '../request/types.js';

/** The options of the runs to check. */
export interface PreflightOptions extends CodexOptions, Pick<CommandOptions, 'signal'> {}

/** The codes of a `PreflightProblem`. */
export type PreflightProblemCode =
  /** The CLI is not installed. */
  | 'BINARY_NOT_FOUND'
  /** The binary cannot be executed, or is another program. */
  | 'BINARY_UNUSABLE'
  /** The binary is inside a folder that the sandbox lets the agent write to. */
  | 'BINARY_IN_WORKSPACE'
  /** Older than 0.44, which has no `exec --json` of this form. */
  | 'VERSION_TOO_OLD'
  /** This version does not support an option. */
  | 'OPTION_UNSUPPORTED'
  | 'WORKING_DIRECTORY_NOT_FOUND'
  /** The home does not exist, and a run would not create it. */
  | 'HOME_NOT_FOUND'
  /** The home is not a folder, or its files cannot be read and written. */
  | 'HOME_UNUSABLE'
  /** The home is inside a folder that the sandbox lets the agent write to. */
  | 'HOME_IN_WORKSPACE'
  /** The CLI rejects the configuration. */
  | 'CONFIG_INVALID'
  /** The profile does not exist; CLI ≥ 0.150 would silently run without it. */
  | 'PROFILE_NOT_FOUND'
  | 'LOGGED_OUT'
  /** The CLI cannot read its login. */
  | 'LOGIN_UNREADABLE'
  /** The model provider reads its key from a variable that is not set. */
  | 'PROVIDER_KEY_MISSING';

/** A reason for which a run cannot start. */
export interface PreflightProblem {
  /** The kind of the problem. */
  readonly code: PreflightProblemCode;
  /** The problem, and what to do. */
  readonly message: string;
}

/** Whether runs can start. A value that could not be found is `undefined`, and a problem says why. */
export interface Preflight {
  /** Whether `problems` is empty. */
  readonly ready: boolean;
  /** In the order in which to solve them. */
  readonly problems: readonly PreflightProblem[];
  /** The absolute path of the CLI. */
  readonly binary: string | undefined;
  /** Where it was found. */
  readonly binarySource: BinarySource | undefined;
  /** Such as `0.171.0`. */
  readonly version: string | undefined;
  /** How the home is logged in. Not every model provider needs a login. */
  readonly login: LoginStatus | undefined;
  /** The home of the run, if it can be read. */
  readonly home: HomeInspection | undefined;
}
