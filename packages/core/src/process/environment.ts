import { resolve } from 'node:path';
import type { CodexOptions } from '../request/types.js';
import { isSecretVariable } from '../secrets/secret-names.js';
import { urlPasswords } from '../secrets/secret-text.js';
import { RUN_ID_VARIABLE, runIdValue } from './run-id.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the environment of a run. Merges, in this order: the host's environment (unless `inheritEnv: false`),
 * `CODEX_HOME`, a quiet `RUST_LOG` if the variable is unset, `env`, in which `undefined` removes a variable, and the
 * run's id. Does not change `host`.
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

/** Shorter values cannot be distinguished from other text. */
const MIN_SECRET_CHARACTERS = 8;

/** Returns the secrets of an environment: values of variables whose name means a secret, and the passwords of URLs. */
export function secretsOf(environment: Environment): string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    // The environment of a request from JavaScript is not validated yet.
    if (typeof value !== 'string') return [];
    const secrets = [...(isSecretVariable(name) ? [value] : []), ...urlPasswords(value)];
    return secrets.filter((secret) => secret.length >= MIN_SECRET_CHARACTERS);
  });
}
