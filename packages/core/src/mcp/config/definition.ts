import { type McpServerDefinition, serverTable } from '../../commands/mcp/server-table.js';
import { RequestError } from '../../errors/index.js';
import { assignsSecret, isSecretKey, isSecretVariable } from '../../secrets/secret-names.js';
import { containsSecretText } from '../../secrets/secret-text.js';
import type { ServerTable } from './read-servers.js';

/** The settings of a definition, and their keys in `config.toml`, in the order in which they are written. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  command: ['command', 'args'],
  envVars: ['env_vars'],
  cwd: ['cwd'],
  env: ['env'],
  url: ['url'],
  bearerTokenEnvVar: ['bearer_token_env_var'],
  headers: ['http_headers'],
  envHeaders: ['env_http_headers'],
  startupTimeout: ['startup_timeout_sec'],
  toolTimeout: ['tool_timeout_sec'],
  enabled: ['enabled'],
  required: ['required'],
  enabledTools: ['enabled_tools'],
  disabledTools: ['disabled_tools'],
};
const ORDER = Object.values(KEYS).flat();
const STDIO = ['command', 'env', 'envVars', 'cwd'];
const HTTP = ['url', 'bearerTokenEnvVar', 'headers', 'envHeaders'];

/** Changes of a definition; `undefined` removes a setting. Naming a `url` replaces a `command`, and vice versa. */
export type McpServerChanges = {
  readonly [K in AllKeys<McpServerDefinition>]?: ValueOf<McpServerDefinition, K> | undefined;
};
type AllKeys<T> = T extends unknown ? keyof T : never;
type ValueOf<T, K extends PropertyKey> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/**
 * Returns a stored table with changes. Stored settings are kept unread: they may have forms that a definition cannot
 * have.
 *
 * @throws RequestError if a change is not valid
 */
export function changedTable(at: string, stored: ServerTable, changes: McpServerChanges): ServerTable {
  const isKept = changes.url === undefined && changes.command === undefined;
  const kept = 'url' in stored ? { url: 'http://localhost' } : { command: ['kept'] };
  const checked = serverTable(at, { ...(isKept ? kept : {}), ...changes } as McpServerDefinition);
  const dropped = changes.url !== undefined ? STDIO : changes.command !== undefined ? HTTP : [];
  const replaced = new Set([...dropped, ...Object.keys(changes)].flatMap((setting) => KEYS[setting] ?? []));
  const { startup_timeout_ms: ms, ...others } = stored;
  const migrated = ms === undefined ? {} : { startup_timeout_sec: Number(ms) / 1000 };
  const defaults = 'command' in stored ? { args: [] } : {};
  const rest = Object.entries({ ...defaults, ...migrated, ...others }).filter(([key]) => !replaced.has(key));
  const all: ServerTable = {
    ...Object.fromEntries(rest),
    ...Object.fromEntries(Object.entries(checked).filter(([key]) => replaced.has(key))),
  };
  return Object.fromEntries([...ORDER, ...Object.keys(all)].map((key) => [key, all[key]]));
}

/**
 * Checks that no value of a secret would be stored: only names of variables are.
 *
 * @throws RequestError that names the field and the setting to use
 */
export function assertNoStoredSecrets(at: string, { command, cwd, env, headers, url }: McpServerChanges): void {
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
  if (containsSecretText(cwd ?? '')) reject('cwd', 'Choose another folder.');
  if (containsSecretText(url ?? '')) reject('url', 'Name a variable in "bearerTokenEnvVar" or "envHeaders".');
}
