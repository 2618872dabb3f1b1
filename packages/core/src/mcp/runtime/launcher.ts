import { resolve } from 'node:path';
import type { McpHttpTransport, McpServer, McpStdioTransport } from '../../commands/mcp/types.js';
import { RequestError } from '../../errors/index.js';
import { checkDuration, describeValue, MAX_TIMER_MS } from '../../request/checks.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Additions of the program to the definitions of servers. */
export interface McpLauncherOptions {
  /** The home, as `CODEX_HOME` in the environment of processes. */
  readonly codexHome?: string | undefined;
  /** Variables for processes, in which definitions look up names, too. Those of a definition win. */
  readonly env?: Environment | undefined;
  /** The folder of processes whose definition has none. Default: the host's. */
  readonly workingDirectory?: string | undefined;
  /** Milliseconds that a server without an own time may take to start; 0 or `Infinity`: no limit. Default 10,000. */
  readonly startupTimeout?: number | undefined;
  /** Milliseconds that a call may take, for a server without an own time; 0 or `Infinity`: no limit. Default 60,000. */
  readonly toolTimeout?: number | undefined;
}

interface CommonLauncher {
  /** The name of the server. */
  readonly name: string;
  /** Milliseconds that the server may take to start; 0 or `Infinity`: no limit. */
  readonly startupTimeout: number;
  /** Milliseconds that a call may take; 0 or `Infinity`: no limit. */
  readonly toolTimeout: number;
  /** The only tools that may be called; `null` for all. */
  readonly enabledTools: readonly string[] | null;
  /** Tools that must not be called. */
  readonly disabledTools: readonly string[];
}

/** How to start the process of a server. Contains no value of a variable, so that it may be logged. */
export interface McpStdioLauncher extends CommonLauncher {
  /** A process. */
  readonly type: 'stdio';
  /** The program. */
  readonly command: string;
  /** The arguments of the program. */
  readonly args: readonly string[];
  /** The working directory, absolute. */
  readonly cwd: string;
  /** Returns the variables of the process, which may contain secrets. */
  environment(): Readonly<Record<string, string>>;
}

/** How to connect to a server. Contains no value of a header, so that it may be logged. */
export interface McpHttpLauncher extends CommonLauncher {
  /** A connection over streamable HTTP. */
  readonly type: 'streamable_http';
  /** The URL of the server. */
  readonly url: string;
  /** The variable with the bearer token. */
  readonly bearerTokenEnvVar: string | null;
  /**
   * Returns the headers of each request, which may contain secrets. The token is in `Authorization`, unless the
   * definition has this header.
   *
   * @throws RequestError if a named variable is not set, or a value has a character that headers cannot have
   */
  headers(): Readonly<Record<string, string>>;
}

/** How to start or reach a server. */
export type McpLauncher = McpStdioLauncher | McpHttpLauncher;

const STARTUP_TIMEOUT_MS = 10_000;
const TOOL_TIMEOUT_MS = 60_000;

/** All but the tab, visible ASCII and Latin-1. */
const NOT_IN_HEADERS = /[^\t\u0020-\u007e\u0080-\u00ff]/u;

/** Variables that a server gets in any case, as those of the CLI do. All others must be named. */
const INHERITED: readonly string[] = [
  ...['HOME', 'LOGNAME', 'PATH', 'SHELL', 'USER', '__CF_USER_TEXT_ENCODING', 'LANG', 'LC_ALL', 'TERM', 'TMPDIR', 'TZ'],
  ...['APPDATA', 'COMSPEC', 'HOMEDRIVE', 'HOMEPATH', 'LOCALAPPDATA', 'PATHEXT', 'PROGRAMDATA', 'PROGRAMFILES'],
  ...['SYSTEMDRIVE', 'SYSTEMROOT', 'TEMP', 'TMP', 'USERNAME', 'USERPROFILE', 'WINDIR'],
];

/**
 * Returns how to start or reach a stored server. Starts nothing, and reads variables only when they are needed.
 *
 * A process gets few variables of the host (`PATH`, `HOME`, `LANG` and the like), then `CODEX_HOME`, `env` of the
 * options, the variables that its definition names, and those that its definition sets; later ones win.
 *
 * @example
 * ```ts
 * import { mcpConfig, resolveMcpLauncher } from '@codex-rx/core/mcp';
 *
 * mcpConfig('data/codex-home')
 *   .list$()
 *   .subscribe((servers) => console.log(servers.map((server) => resolveMcpLauncher(server).type)));
 * ```
 *
 * @param server as `mcpConfig` or `mcpList$` emit it
 * @throws RequestError for a kind of server that is not known, or a time that is not valid
 */
export function resolveMcpLauncher(server: McpServer, options: McpLauncherOptions = {}): McpLauncher {
  const { name, transport, startup_timeout_sec: startup, tool_timeout_sec: call } = server;
  const { startupTimeout = STARTUP_TIMEOUT_MS, toolTimeout = TOOL_TIMEOUT_MS } = options;
  checkDuration('startupTimeout', startupTimeout, { infinite: true });
  checkDuration('toolTimeout', toolTimeout, { infinite: true });
  const common = {
    name,
    startupTimeout: milliseconds('startup_timeout_sec', startup) ?? startupTimeout,
    toolTimeout: milliseconds('tool_timeout_sec', call) ?? toolTimeout,
    enabledTools: server.enabled_tools ?? null,
    disabledTools: server.disabled_tools ?? [],
  };
  switch (transport.type) {
    case 'stdio':
      return Object.freeze({
        type: 'stdio',
        ...common,
        command: transport.command,
        args: transport.args,
        cwd: resolve(options.workingDirectory ?? '.', transport.cwd ?? '.'),
        environment: () => mergeEnvironment(transport, options, process.env),
      });
    case 'streamable_http':
      return Object.freeze({
        type: 'streamable_http',
        ...common,
        url: transport.url,
        bearerTokenEnvVar: transport.bearer_token_env_var,
        headers: () => mergeHeaders(name, transport, { ...process.env, ...options.env }),
      });
    default:
      throw new RequestError('server', `is of a kind that is not known: ${transport.transport_type}.`);
  }
}

/** The CLI accepts times that are longer than a timer: they are no limit. */
function milliseconds(setting: string, seconds: number | null): number | undefined {
  if (seconds === null) return undefined;
  if (!(seconds >= 0)) {
    const problem = `must be a non-negative number of seconds, got ${describeValue(seconds)}.`;
    throw new RequestError(`server.${setting}`, problem);
  }
  const ms = seconds * 1000;
  return ms > MAX_TIMER_MS ? Number.POSITIVE_INFINITY : ms;
}

function mergeEnvironment(
  { env, env_vars = [] }: McpStdioTransport,
  { codexHome, env: own = {} }: McpLauncherOptions,
  host: Environment,
): Readonly<Record<string, string>> {
  const pick = (from: Environment, names: readonly string[]): Environment =>
    Object.fromEntries(names.map((name) => [name, from[name]]));
  const merged: Environment = {
    ...pick(host, INHERITED),
    ...(codexHome === undefined ? {} : { CODEX_HOME: resolve(codexHome) }),
    ...own,
    ...pick({ ...host, ...own }, env_vars.flatMap(nameOf)),
    ...env,
  };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** A variable of a remote environment is not here. */
function nameOf(variable: unknown): readonly string[] {
  if (typeof variable === 'string') return [variable];
  const { name, source } = (variable ?? {}) as { readonly name?: unknown; readonly source?: unknown };
  return typeof name === 'string' && source !== 'remote' ? [name] : [];
}

function mergeHeaders(
  name: string,
  { bearer_token_env_var: tokenVariable, http_headers, env_http_headers }: McpHttpTransport,
  env: Environment,
): Readonly<Record<string, string>> {
  const valueOf = (variable: string): string => {
    const value = env[variable];
    if (value === undefined || value === '')
      throw new RequestError('env', `must have ${variable}, which the MCP server ${name} needs. Set the variable.`);
    // The error of `fetch` would quote the value.
    if (NOT_IN_HEADERS.test(value)) {
      const problem = `must have ${variable} without line breaks and other characters that headers cannot have.`;
      throw new RequestError('env', problem);
    }
    return value;
  };
  const headers = {
    ...http_headers,
    ...Object.fromEntries(
      Object.entries(env_http_headers ?? {}).map(([header, variable]) => [header, valueOf(variable)]),
    ),
  };
  const isAuthorized = Object.keys(headers).some((header) => header.toLowerCase() === 'authorization');
  if (tokenVariable === null || isAuthorized) return headers;
  return { ...headers, Authorization: `Bearer ${valueOf(tokenVariable)}` };
}
