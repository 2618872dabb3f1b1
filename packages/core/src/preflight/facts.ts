import type { BinaryLocation } from '../binary/resolve.js';
import type { LoginStatus } from '../commands/auth/types.js';
import type { CliVersion } from '../commands/version.js';
import type { CodexError } from '../events/codex-error.js';
import type { HomeInspection } from '../home/inspect.js';
import type { ConfigInspection } from '../home/inspect-config.js';
import type { PreflightOptions } from './types.js';

/** A value, or why it could not be found; `undefined` if it was not looked for. */
export type Found<T> = { readonly value: T } | { readonly error: CodexError } | undefined;

/** All facts from which problems are found. */
export interface PreflightFacts {
  readonly options: PreflightOptions;
  /** The environment of the CLI. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly binary: Found<BinaryLocation>;
  readonly version: Found<CliVersion>;
  readonly login: Found<LoginStatus>;
  readonly home: Found<HomeInspection>;
  /** Whether the home exists and this user cannot read or write it. */
  readonly homeIsClosed: boolean;
  /** How the home was named: the CLI creates only its default one. */
  readonly homeFrom: 'option' | 'environment' | 'default';
  /** `NAME.config.toml`, if the options name a profile. */
  readonly profile: ConfigInspection | undefined;
  /** Whether the working directory is a folder; `true` if the options name none. */
  readonly hasWorkingDirectory: boolean;
}

export function valueOf<T>(found: Found<T>): T | undefined {
  return found !== undefined && 'value' in found ? found.value : undefined;
}

export function errorOf(found: Found<unknown>): CodexError | undefined {
  return found !== undefined && 'error' in found ? found.error : undefined;
}
