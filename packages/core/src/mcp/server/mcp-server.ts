import type { Observable } from 'rxjs';
import { openStdioTransport } from '../../app-server/transport/stdio-transport.js';
import { type OpenedResource, openResource, resource$ } from '../../commands/resources/resource.js';
import { AbortError } from '../../errors/index.js';
import type { ThreadEvent } from '../../events/events.js';
import { onAbort } from '../../util/on-abort.js';
import { assertHasMcpServer } from './cli-version.js';
import { CodexServer } from './codex-server.js';
import { type CodexCall, type CodexMcpServerOptions, type CodexReply, validateServer } from './options.js';

/** A running `codex mcp-server`. */
export interface CodexMcpServer {
  /** The version of the CLI and the id of the process. */
  readonly info: { readonly version: string; readonly pid: number | undefined };
  /**
   * Runs a prompt on a new thread and emits its events. Cold. Unsubscribing cancels the turn and kills what it started.
   * Errors as `exec$`, and with an `RpcError` when the server is lost.
   */
  codex$(request: CodexCall): Observable<ThreadEvent>;
  /** Runs another prompt on a thread of this server. Errors with a `SessionError` if the server does not have it. */
  reply$(request: CodexReply): Observable<ThreadEvent>;
  /** Ends the server; open calls error. */
  close(): Promise<void>;
}

/**
 * Runs `codex mcp-server` of CLI ≤ 0.153, emits it when it is ready, and ends it when unsubscribed. Cold. Newer
 * versions do not have this command: use `appServer$`.
 *
 * Completes when the server is closed by `close()`. Errors with a `CapabilityError` for a newer version, before a
 * server is started, with an `RpcError` (`SERVER_EXITED`, `RPC_TIMEOUT`), and with the errors of finding and spawning
 * the CLI.
 * `firstValueFrom` returns a closed server: use `openMcpServer`.
 *
 * @example
 * ```ts
 * import { mcpServer$ } from '@codex-rx/core/mcp';
 * import { mergeMap, takeWhile } from 'rxjs';
 *
 * mcpServer$()
 *   .pipe(
 *     mergeMap((server) => server.codex$({ prompt: 'Say hello.', sandbox: 'read-only' })),
 *     takeWhile(({ type }) => type !== 'turn.completed', true),
 *   )
 *   .subscribe({
 *     next: (event) => console.log(event.type),
 *     error: (error) => console.error(String(error)), // mcpServer$ is not supported by codex 0.171.0: …
 *   });
 * ```
 */
export function mcpServer$(options: CodexMcpServerOptions = {}): Observable<CodexMcpServer> {
  return resource$((signal) => openServer(options, signal));
}

/**
 * The same as a promise of a server, to be disposed. Rejects as `mcpServer$` errors.
 *
 * @example
 * ```ts
 * import { openMcpServer } from '@codex-rx/core/mcp';
 * import { lastValueFrom } from 'rxjs';
 *
 * try {
 *   await using server = await openMcpServer();
 *   console.log(await lastValueFrom(server.codex$({ prompt: 'Say hello.', sandbox: 'read-only' })));
 * } catch (error) {
 *   console.error(String(error));
 * }
 * ```
 */
export function openMcpServer(options: CodexMcpServerOptions = {}): Promise<CodexMcpServer & AsyncDisposable> {
  return openResource((signal) => openServer(options, signal), options.signal);
}

async function openServer(
  options: CodexMcpServerOptions,
  leaving: AbortSignal,
): Promise<OpenedResource<CodexMcpServer>> {
  validateServer(options);
  const signal = options.signal === undefined ? leaving : AbortSignal.any([options.signal, leaving]);
  const isAborted = (): boolean => signal.aborted;
  if (isAborted()) throw new AbortError(signal.reason);
  await assertHasMcpServer(options);
  const server = new CodexServer(await openStdioTransport(options, signal, 'mcp-server'), options);
  const unfollow = onAbort(signal, () => void server.close());
  try {
    await server.initialize();
    if (isAborted()) throw new AbortError(signal.reason);
  } catch (error) {
    await server.close();
    throw isAborted() ? new AbortError(signal.reason) : error;
  }
  return {
    handle: {
      info: { version: server.version, pid: server.pid },
      codex$: (request) => server.codex$(request),
      reply$: (request) => server.reply$(request),
      close: () => server.close(),
    },
    ended: server.ended.then((error) => {
      unfollow();
      if (options.signal?.aborted === true) throw new AbortError(options.signal.reason);
      if (error !== undefined) throw error;
    }),
    close: () => server.close(),
  };
}
