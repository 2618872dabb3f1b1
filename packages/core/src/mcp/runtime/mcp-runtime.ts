import type { Observable } from 'rxjs';
import { type OpenedResource, openResource, resource$ } from '../../commands/resources/resource.js';
import { AbortError } from '../../errors/index.js';
import { checkDuration } from '../../request/checks.js';
import { TERMINATE_GRACE_MS } from '../../util/defaults.js';
import { onAbort } from '../../util/on-abort.js';
import { type Connection, connect } from './connect.js';
import type { McpLauncher } from './launcher.js';
import { callTool$, listTools$, type McpCallEvent, type McpCallOptions, type McpTool } from './tool-calls.js';

/** Options of `mcpRuntime$`, `openMcpRuntime` and `mcpRuntimes`. */
export interface McpRuntimeOptions {
  /** Closes the runtime: it errors with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds between the steps of the termination of a process. Default 2,000. */
  readonly terminateGrace?: number | undefined;
}

/** A connected MCP server. */
export interface McpRuntime {
  /** The name of the server in the configuration. */
  readonly name: string;
  /** The name and the version that the server reports. */
  readonly serverInfo: { readonly name: string; readonly version: string };
  /** Process id of a server that is a process. */
  readonly pid?: number | undefined;
  /** Emits the tools of the server that the definition enables, once. */
  tools$(): Observable<readonly McpTool[]>;
  /**
   * Calls a tool: emits its progress, then its result, and completes. Cold. Unsubscribing cancels the call on the
   * server. A call that fails on the server is a result with `isError`.
   *
   * Errors with a `RequestError` for a tool that the definition does not enable, and with an `RpcError`.
   */
  call$(tool: string, args?: Readonly<Record<string, unknown>>, options?: McpCallOptions): Observable<McpCallEvent>;
  /** Ends the server or the connection; open calls error. Resolves when no process of the server is left. */
  close(): Promise<void>;
}

/**
 * Starts an MCP server, or connects to one, emits it when it is ready, and ends it when unsubscribed. Cold.
 *
 * A process is ended with everything that it started, also when the host exits. Needs `@modelcontextprotocol/sdk`, an
 * optional peer, which is loaded on subscribe.
 *
 * Completes when the runtime is closed by `close()`. Errors: `RequestError`; `SpawnError`; `RpcError` if the server
 * does not answer in time (`RPC_TIMEOUT`), refuses (`RPC_ERROR`) or exits (`SERVER_EXITED`); `AbortError`.
 * `firstValueFrom` returns a closed runtime: use `openMcpRuntime`.
 *
 * @example
 * ```ts
 * import { mcpConfig, mcpRuntime$, resolveMcpLauncher } from '@codex-rx/core/mcp';
 * import { from, mergeMap, take } from 'rxjs';
 *
 * mcpConfig('data/codex-home')
 *   .list$()
 *   .pipe(
 *     mergeMap((servers) => from(servers)),
 *     mergeMap((server) => mcpRuntime$(resolveMcpLauncher(server))),
 *     mergeMap((runtime) => runtime.tools$()),
 *     take(1),
 *   )
 *   .subscribe({
 *     next: (tools) => console.log(tools.map(({ name }) => name)),
 *     error: (error) => console.error(String(error)),
 *   });
 * ```
 */
export function mcpRuntime$(launcher: McpLauncher, options: McpRuntimeOptions = {}): Observable<McpRuntime> {
  return resource$((signal) => openRuntime(launcher, options, signal));
}

/**
 * The same as a promise of a runtime, to be disposed. Rejects as `mcpRuntime$` errors.
 *
 * @example
 * ```ts no-run
 * import { mcpConfig, openMcpRuntime, resolveMcpLauncher } from '@codex-rx/core/mcp';
 * import { firstValueFrom } from 'rxjs';
 *
 * const server = await firstValueFrom(mcpConfig('data/codex-home').get$('docs'));
 * if (server !== undefined) {
 *   await using runtime = await openMcpRuntime(resolveMcpLauncher(server));
 *   console.log(await firstValueFrom(runtime.tools$()));
 * }
 * ```
 */
export function openMcpRuntime(
  launcher: McpLauncher,
  options: McpRuntimeOptions = {},
): Promise<McpRuntime & AsyncDisposable> {
  return openResource((signal) => openRuntime(launcher, options, signal), options.signal);
}

async function openRuntime(
  launcher: McpLauncher,
  { signal: outer, terminateGrace = TERMINATE_GRACE_MS }: McpRuntimeOptions,
  leaving: AbortSignal,
): Promise<OpenedResource<McpRuntime>> {
  checkDuration('terminateGrace', terminateGrace, { infinite: false });
  const signal = outer === undefined ? leaving : AbortSignal.any([outer, leaving]);
  if (signal.aborted) throw new AbortError(signal.reason);
  const connection = await connect(launcher, { grace: terminateGrace, signal });
  const unfollow = onAbort(signal, () => void connection.close());
  return {
    handle: runtime(launcher, connection),
    ended: connection.ended.then((error) => {
      unfollow();
      if (outer?.aborted === true) throw new AbortError(outer.reason);
      if (error !== undefined) throw error;
    }),
    close: () => connection.close(),
  };
}

function runtime(launcher: McpLauncher, connection: Connection): McpRuntime {
  return {
    name: launcher.name,
    serverInfo: connection.serverInfo,
    pid: connection.pid,
    tools$: () => listTools$(launcher, connection),
    call$: (tool, args = {}, options = {}) => callTool$(launcher, connection, { tool, args, options }),
    close: () => connection.close(),
  };
}
