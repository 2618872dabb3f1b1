import * as t from 'io-ts';
import type { McpServer, McpTransport } from '../../commands/mcp/types.js';

/** A table `[mcp_servers.NAME]` as the CLI stores it. */
export type ServerTable = Readonly<Record<string, unknown>>;

const texts = t.record(t.string, t.string);
const list = t.readonlyArray(t.string);
const variable = t.union([t.string, t.intersection([t.type({ name: t.string }), t.partial({ source: t.string })])]);

/** Settings with the types that the CLI demands. It ignores keys that it does not know. */
const tableCodec = t.partial({
  command: t.string,
  args: list,
  env: texts,
  env_vars: t.readonlyArray(variable),
  cwd: t.string,
  url: t.string,
  bearer_token_env_var: t.string,
  http_headers: texts,
  env_http_headers: texts,
  http_headers_helper: t.unknown,
  bearer_token: t.string,
  oauth_resource: t.string,
  startup_timeout_sec: t.number,
  startup_timeout_ms: t.Integer,
  tool_timeout_sec: t.number,
  enabled: t.boolean,
  required: t.boolean,
  enabled_tools: list,
  disabled_tools: list,
  scopes: list,
});
type Table = t.TypeOf<typeof tableCodec>;

const NOT_FOR_STDIO = [
  ...['url', 'bearer_token_env_var', 'bearer_token', 'http_headers', 'env_http_headers', 'http_headers_helper'],
  'oauth_resource',
] as const;
const NOT_FOR_HTTP = ['args', 'env', 'env_vars', 'cwd', 'bearer_token'] as const;
const MAX_SECONDS = 2 ** 64;

/**
 * Returns the server of a table as `codex mcp get --json` has it, without what the CLI finds out by connecting.
 *
 * @throws Error that says why the CLI rejects the table
 */
export function readServer(name: string, table: unknown): McpServer {
  if (!tableCodec.is(table)) throw new Error(`the settings of ${name} have wrong types`);
  return {
    name,
    enabled: table.enabled ?? true,
    disabled_reason: null,
    transport: readTransport(name, table),
    enabled_tools: table.enabled_tools ?? null,
    disabled_tools: table.disabled_tools ?? null,
    startup_timeout_sec: readSeconds(name, table.startup_timeout_sec) ?? readMilliseconds(name, table),
    tool_timeout_sec: readSeconds(name, table.tool_timeout_sec) ?? null,
  };
}

function readTransport(name: string, table: Table): McpTransport {
  const { command, url } = table;
  if (command !== undefined) {
    assertNone(name, table, NOT_FOR_STDIO);
    for (const item of table.env_vars ?? []) {
      if (typeof item !== 'string' && !['local', 'remote', undefined].includes(item.source))
        throw new Error(`env_vars of ${name} has an unknown source`);
    }
    return {
      type: 'stdio',
      command,
      args: table.args ?? [],
      env: table.env ?? null,
      env_vars: table.env_vars ?? [],
      cwd: table.cwd ?? null,
    };
  }
  if (url === undefined) throw new Error(`${name} has neither a command nor a url`);
  assertNone(name, table, NOT_FOR_HTTP);
  return {
    type: 'streamable_http',
    url,
    bearer_token_env_var: table.bearer_token_env_var ?? null,
    http_headers: table.http_headers ?? null,
    env_http_headers: table.env_http_headers ?? null,
  };
}

function assertNone(name: string, table: Table, fields: readonly (keyof Table)[]): void {
  const field = fields.find((key) => table[key] !== undefined);
  if (field !== undefined) throw new Error(`${field} does not fit the kind of server of ${name}`);
}

function readSeconds(name: string, seconds: number | undefined): number | undefined {
  if (seconds === undefined) return undefined;
  if (!(seconds >= 0 && seconds < MAX_SECONDS)) throw new Error(`a timeout of ${name} is out of range`);
  return seconds;
}

function readMilliseconds(name: string, { startup_timeout_ms: ms }: Table): number | null {
  if (ms === undefined) return null;
  if (ms < 0) throw new Error(`startup_timeout_ms of ${name} is negative`);
  return ms / 1000;
}
