import { RequestError } from '../../errors/index.js';
import {
  checkArgument,
  checkBoolean,
  checkDuration,
  checkList,
  checkMultiline,
  describeValue,
} from '../../request/checks.js';
import { isTable } from '../../request/is-table.js';
import type { ConfigTable } from '../../request/types.js';
import { containsSecretText } from '../../secrets/secret-text.js';
import { checkUrl } from '../check-url.js';

/** A server to configure: a process, or a URL. */
export type McpServerDefinition = {
  /** Milliseconds that it may take to start. Default: the CLI's. */
  readonly startupTimeout?: number | undefined;
  /** Milliseconds that a call may take. Default: the CLI's. */
  readonly toolTimeout?: number | undefined;
  /** Whether the CLI starts the server. Default `true`. */
  readonly enabled?: boolean | undefined;
  /** Fail a run when the server does not start. Default `false`. */
  readonly required?: boolean | undefined;
  /** The only tools that the agent may call. */
  readonly enabledTools?: readonly string[] | undefined;
  /** Tools that the agent must not call. */
  readonly disabledTools?: readonly string[] | undefined;
} & (
  | {
      /** The program, and its arguments. */
      readonly command: readonly string[];
      /** Variables for it. Values are written to `config.toml`, which is readable by its owner only. */
      readonly env?: Readonly<Record<string, string>> | undefined;
      /** Names of variables of the CLI's environment that are passed on to it. */
      readonly envVars?: readonly string[] | undefined;
      /** Its working directory. */
      readonly cwd?: string | undefined;
      readonly url?: undefined;
    }
  | {
      readonly url: string;
      /** Name of the variable that holds the bearer token. */
      readonly bearerTokenEnvVar?: string | undefined;
      /** Headers; values are written to `config.toml`, which is readable by its owner only. */
      readonly headers?: Readonly<Record<string, string>> | undefined;
      /** Headers whose values are in variables: header to name of the variable. */
      readonly envHeaders?: Readonly<Record<string, string>> | undefined;
      readonly command?: undefined;
    }
);

const FIELDS = {
  command: ['env', 'envVars', 'cwd'],
  url: ['bearerTokenEnvVar', 'headers', 'envHeaders'],
} as const;

/** The definition as a table of `config.toml`. @throws RequestError */
export function serverTable(at: string, server: McpServerDefinition): ConfigTable {
  if (!isTable(server)) throw new RequestError(at, `must be a plain object, not ${describeValue(server)}.`);
  const kind = serverKind(at, server);
  const other = kind === 'command' ? 'url' : 'command';
  for (const field of FIELDS[other]) {
    if ((server as Record<string, unknown>)[field] !== undefined)
      throw new RequestError(`${at}.${field}`, `goes with ${other} only, and this server has a ${kind}.`);
  }
  const { enabled, required, enabledTools, disabledTools } = server;
  for (const [field, value] of Object.entries({ enabled, required }))
    if (value !== undefined) checkBoolean(`${at}.${field}`, value);
  for (const [field, value] of Object.entries({ enabledTools, disabledTools }))
    if (value !== undefined) checkList(`${at}.${field}`, value, checkArgument);
  return {
    ...(server.url === undefined ? stdioTable(at, server) : httpTable(at, server)),
    startup_timeout_sec: seconds(`${at}.startupTimeout`, server.startupTimeout),
    tool_timeout_sec: seconds(`${at}.toolTimeout`, server.toolTimeout),
    enabled,
    required,
    enabled_tools: enabledTools,
    disabled_tools: disabledTools,
  };
}

function serverKind(at: string, server: McpServerDefinition): 'command' | 'url' {
  if ((server.command === undefined) === (server.url === undefined))
    throw new RequestError(at, 'must have either a command or a url.');
  return server.url === undefined ? 'command' : 'url';
}

function stdioTable(at: string, server: Extract<McpServerDefinition, { url?: undefined }>): ConfigTable {
  checkList(`${at}.command`, server.command, checkMultiline);
  const [program, ...args] = server.command;
  if (program === undefined || program.trim() === '')
    throw new RequestError(`${at}.command`, 'is empty. Name the program, then its arguments.');
  if (server.envVars !== undefined) checkList(`${at}.envVars`, server.envVars, checkVariable);
  if (server.cwd !== undefined) checkArgument(`${at}.cwd`, server.cwd);
  checkTexts(`${at}.env`, server.env, checkVariable);
  return { command: program, args, env_vars: server.envVars, cwd: server.cwd, env: server.env };
}

function httpTable(at: string, server: Extract<McpServerDefinition, { command?: undefined }>): ConfigTable {
  checkUrl(`${at}.url`, server.url);
  if (server.bearerTokenEnvVar !== undefined) checkVariable(`${at}.bearerTokenEnvVar`, server.bearerTokenEnvVar);
  checkTexts(`${at}.headers`, server.headers, checkArgument);
  checkTexts(`${at}.envHeaders`, server.envHeaders, checkArgument);
  for (const [header, variable] of Object.entries(server.envHeaders ?? {}))
    checkVariable(`${at}.envHeaders.${header}`, variable);
  return {
    url: server.url.trim(),
    bearer_token_env_var: server.bearerTokenEnvVar,
    http_headers: server.headers,
    env_http_headers: server.envHeaders,
  };
}

function checkTexts(field: string, texts: unknown, checkName: (field: string, name: unknown) => void): void {
  if (texts === undefined) return;
  if (!isTable(texts)) throw new RequestError(field, `must be a plain object, not ${describeValue(texts)}.`);
  for (const [name, value] of Object.entries(texts)) {
    // A secret in the place of a name must not be printed.
    checkName(containsSecretText(name) ? field : `${field}.${name}`, name);
    checkMultiline(`${field}.${name}`, value);
  }
}

function checkVariable(field: string, name: unknown): void {
  checkArgument(field, name);
  if (!/^[A-Za-z_]\w*$/.test(name) || containsSecretText(name))
    throw new RequestError(field, 'must be the name of a variable: letters, digits and _, without its value.');
}

function seconds(field: string, ms: number | undefined): number | undefined {
  if (ms === undefined) return undefined;
  checkDuration(field, ms, { infinite: false });
  return ms / 1000;
}
