import type { McpServer } from '../../commands/mcp/types.js';
import { RequestError } from '../../errors/index.js';
import { type McpLauncher, type McpLauncherOptions, resolveMcpLauncher } from './launcher.js';
import { type McpRuntime, type McpRuntimeOptions, openMcpRuntime } from './mcp-runtime.js';

/** A server that can be started or reached. */
export interface McpRuntimeSummary {
  /** The name of the server. */
  readonly name: string;
  /** How it is reached. */
  readonly type: McpLauncher['type'];
  /** The only tools that may be called; `null` for all. */
  readonly enabledTools: readonly string[] | null;
  /** Tools that must not be called. */
  readonly disabledTools: readonly string[];
}

/** The servers of a configuration. */
export interface McpRuntimes {
  /** Returns the servers by name. Starts nothing. */
  available(): readonly McpRuntimeSummary[];
  /** Returns how a server is started or reached. @throws RequestError if it does not exist */
  launcher(name: string): McpLauncher;
  /** Starts or reaches a server; each call another one. Rejects as `openMcpRuntime`. */
  prepare(name: string, options?: McpRuntimeOptions): Promise<McpRuntime & AsyncDisposable>;
}

/**
 * Returns the enabled ones of some servers by name, ready to be started. Starts nothing and writes nothing.
 *
 * @example
 * ```ts
 * import { mcpConfig, mcpRuntimes } from '@codex-rx/core/mcp';
 *
 * mcpConfig('data/codex-home')
 *   .list$()
 *   .subscribe((servers) => console.log(mcpRuntimes(servers, { codexHome: 'data/codex-home' }).available()));
 * ```
 *
 * @param servers as `mcpConfig` or `mcpList$` emit them
 */
export function mcpRuntimes(servers: readonly McpServer[], options: McpLauncherOptions = {}): McpRuntimes {
  const enabled = servers.filter((server) => server.enabled && server.transport.type !== 'unknown');
  const launchers = new Map(enabled.map((server) => [server.name, resolveMcpLauncher(server, options)]));
  const launcher = (name: string): McpLauncher => {
    const found = launchers.get(name);
    if (found === undefined) throw new RequestError('name', `must be that of an enabled server: ${name} is not.`);
    return found;
  };
  return Object.freeze({
    available: () =>
      [...launchers.values()]
        .map(({ name, type, enabledTools, disabledTools }) => ({ name, type, enabledTools, disabledTools }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    launcher,
    prepare: async (name: string, runtimeOptions: McpRuntimeOptions = {}) =>
      openMcpRuntime(launcher(name), runtimeOptions),
  });
}
