import type { McpServerDefinition } from '../../commands/mcp/server-table.js';
import { RequestError } from '../../errors/index.js';
import { assignsSecret, isSecretKey, isSecretVariable } from '../../secrets/secret-names.js';
import { containsSecretText } from '../../secrets/secret-text.js';
import type { ServerTable } from './read-servers.js';

/** A setting of a definition, its key in `config.toml`, and how to read it back. */
const MILLISECONDS = new Set(['startupTimeout', 'toolTimeout']);
const KEYS: Readonly<Record<string, string>> = {
  url: 'url',
  bearerTokenEnvVar: 'bearer_token_env_var',
  headers: 'http_headers',
  envHeaders: 'env_http_headers',
  env: 'env',
  envVars: 'env_vars',
  cwd: 'cwd',
  startupTimeout: 'startup_timeout_sec',
  toolTimeout: 'tool_timeout_sec',
  enabled: 'enabled',
  required: 'required',
  enabledTools: 'enabled_tools',
  disabledTools: 'disabled_tools',
};
const STDIO = ['command', 'env', 'envVars', 'cwd'];
const HTTP = ['url', 'bearerTokenEnvVar', 'headers', 'envHeaders'];

/** Changes of a definition; `undefined` removes a setting. Naming a `url` replaces a `command`, and vice versa. */
export type McpServerChanges = {
  readonly [K in AllKeys<McpServerDefinition>]?: ValueOf<McpServerDefinition, K> | undefined;
};
type AllKeys<T> = T extends unknown ? keyof T : never;
type ValueOf<T, K extends PropertyKey> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/** Returns a stored table as a definition with changes. */
export function changedDefinition(table: ServerTable, changes: McpServerChanges): McpServerDefinition {
  const dropped = changes.url !== undefined ? STDIO : changes.command !== undefined ? HTTP : [];
  const stored = Object.entries(readDefinition(table)).filter(([key]) => !dropped.includes(key));
  return { ...Object.fromEntries(stored), ...changes } as McpServerDefinition;
}

function readDefinition(table: ServerTable): Readonly<Record<string, unknown>> {
  const definition = Object.fromEntries(
    Object.entries(KEYS).flatMap(([key, stored]) => {
      const value = table[stored];
      if (value === undefined) return [];
      return [[key, MILLISECONDS.has(key) ? Number(value) * 1000 : value]];
    }),
  );
  const { command, args = [], startup_timeout_ms: startupTimeout } = table;
  return {
    ...(startupTimeout === undefined ? {} : { startupTimeout: Number(startupTimeout) }),
    ...definition,
    ...(command === undefined ? {} : { command: [command, ...(args as readonly unknown[])] }),
  };
}

const WRITTEN = new Set(['command', 'args', 'startup_timeout_ms', ...Object.values(KEYS)]);

/** Returns the settings of a stored table that a definition does not have, such as those of single tools. */
export function otherSettings(table: ServerTable): ServerTable {
  return Object.fromEntries(Object.entries(table).filter(([key]) => !WRITTEN.has(key)));
}

/**
 * Checks that no value of a secret would be stored: only names of variables are.
 *
 * @throws RequestError that names the field and the setting to use
 */
export function assertNoStoredSecrets(at: string, { command, env, headers, url }: McpServerChanges): void {
  const reject = (field: string, advice: string): never => {
    throw new RequestError(`${at}.${field}`, `looks like a secret, which config.toml would store. ${advice}`);
  };
  for (const [name, value] of Object.entries(env ?? {}))
    if (isSecretVariable(name) || containsSecretText(value))
      reject(`env.${name}`, `Set the variable in the environment of the CLI, and name it in "envVars".`);
  for (const [name, value] of Object.entries(headers ?? {}))
    if (isSecretKey(`http_headers.${name}`) || containsSecretText(value))
      reject(`headers.${name}`, 'Name a variable in "bearerTokenEnvVar" or "envHeaders".');
  for (const [index, word] of (command ?? []).entries())
    if (assignsSecret(word, command?.[index - 1]) || containsSecretText(word))
      reject(`command[${String(index)}]`, 'Pass it in a variable that "envVars" names.');
  if (containsSecretText(url ?? '')) reject('url', 'Name a variable in "bearerTokenEnvVar" or "envHeaders".');
}
