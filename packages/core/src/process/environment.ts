import { resolve } from 'node:path';
import type { CodexOptions } from '../request/types.js';
import { isSecretVariable } from '../secrets/secret-variables.js';
import { RUN_ID_VARIABLE, runIdValue } from './run-id.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a run: the host's (unless `inheritEnv: false`), then `CODEX_HOME`, a quiet `RUST_LOG` where none is set, then `env`, in
 * which `undefined` removes a variable, then the run's id. `host` is not changed.
 */
export function buildEnvironment(options: CodexOptions, host: Environment, runId: string): Record<string, string> {
  const merged: Record<string, string | undefined> = {
    RUST_LOG: 'error',
    ...(options.inheritEnv === false ? {} : host),
    ...(options.codexHome === undefined ? {} : { CODEX_HOME: resolve(options.codexHome) }),
    ...options.env,
    [RUN_ID_VARIABLE]: runIdValue(runId, host[RUN_ID_VARIABLE]),
  };
  const defined = Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(defined);
}

/** Values of the environment that must not be shown, by the names of their variables. */
export function secretsOf(environment: Environment): string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && value.length >= 8 && isSecretVariable(name) ? [value] : [],
  );
}
