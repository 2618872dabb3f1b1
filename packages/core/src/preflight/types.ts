import type { LoginStatus } from '../commands/auth/types.js';
import type { CommandOptions } from '../commands/command-options.js';
import type { HomeInspection } from '../home/inspect.js';
import type { CodexOptions } from '../request/types.js';

/** The options of the runs that are to come. */
export interface PreflightOptions extends CodexOptions, Pick<CommandOptions, 'signal'> {}

export type PreflightProblemCode =
  /** There is no CLI. */
  | 'BINARY_NOT_FOUND'
  /** It cannot be run, or is something else. */
  | 'BINARY_UNUSABLE'
  /** It is inside a folder that the sandbox lets the agent write to. */
  | 'BINARY_IN_WORKSPACE'
  /** Older than 0.44, which has no `exec --json` of this form. */
  | 'VERSION_TOO_OLD'
  /** An option that this version does not know. */
  | 'OPTION_UNSUPPORTED'
  | 'WORKING_DIRECTORY_NOT_FOUND'
  /** The home is not there, and a run would not create it. */
  | 'HOME_NOT_FOUND'
  /** It is no folder, or its files cannot be read and written. */
  | 'HOME_UNUSABLE'
  /** It is inside a folder that the sandbox lets the agent write to. */
  | 'HOME_IN_WORKSPACE'
  /** The CLI refuses the configuration. */
  | 'CONFIG_INVALID'
  /** There is no such profile; CLI ≥ 0.150 would run without it, and not say so. */
  | 'PROFILE_NOT_FOUND'
  | 'LOGGED_OUT'
  /** The CLI cannot tell whether it is logged in. */
  | 'LOGIN_UNREADABLE'
  /** The model provider takes its key from a variable that is not set. */
  | 'PROVIDER_KEY_MISSING';

export interface PreflightProblem {
  readonly code: PreflightProblemCode;
  /** What is wrong, and what to do about it. */
  readonly message: string;
}

/** Whether runs can begin. What could not be found out is `undefined`; a problem says why. */
export interface Preflight {
  /** There are no problems. */
  readonly ready: boolean;
  /** In the order in which they are best solved. */
  readonly problems: readonly PreflightProblem[];
  /** The absolute path of the CLI. */
  readonly binary: string | undefined;
  /** Such as `0.171.0`. */
  readonly version: string | undefined;
  /** How the home is logged in. Not every model provider needs it. */
  readonly login: LoginStatus | undefined;
  readonly home: HomeInspection | undefined;
}
