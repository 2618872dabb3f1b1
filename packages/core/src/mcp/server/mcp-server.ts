import { firstValueFrom, type Observable, throwError } from 'rxjs';
import { ApprovalDesk } from '../../app-server/approvals/approval-desk.js';
import { type IncomingRequest, RpcPeer } from '../../app-server/rpc/rpc-peer.js';
import { openStdioTransport } from '../../app-server/transport/stdio-transport.js';
import type { AppServerTransport } from '../../app-server/transport/transport.js';
import { type OpenedResource, openResource, resource$ } from '../../commands/resources/resource.js';
import { AbortError, isCodexError, RpcError } from '../../errors/index.js';
import type { ThreadEvent } from '../../events/events.js';
import type { FileUpdateChange } from '../../events/items.js';
import { isObject } from '../../events/schema/fields.js';
import type { RequestId } from '../../protocol/messages.js';
import { CLIENT_INFO } from '../../util/client-info.js';
import { TERMINATE_GRACE_MS } from '../../util/defaults.js';
import { deferred } from '../../util/deferred.js';
import { onAbort } from '../../util/on-abort.js';
import { assertHasMcpServer } from './cli-version.js';
import { type CallContext, type CallRequest, type CodexCallRun, callCodex$ } from './codex-call.js';
import {
  type CodexCall,
  type CodexMcpServerOptions,
  type CodexReply,
  validateCall,
  validateServer,
} from './options.js';
import { elicitationAnswer, readElicitation } from './read-elicitation.js';

const PROTOCOL_VERSION = '2025-06-18';
const INITIALIZE_TIMEOUT_MS = 20_000;
const METHOD_NOT_FOUND = -32601;

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
  const server = new Server(await openStdioTransport(options, signal, 'mcp-server'), options);
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
      info: server.info,
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

/** Adds the member of JSON-RPC 2.0, which the app-server does not have. */
function toJsonRpc2(transport: AppServerTransport): AppServerTransport {
  return {
    messages$: transport.messages$,
    send: (message) => {
      transport.send(`{"jsonrpc":"2.0",${message.slice(1)}`);
    },
    close: () => transport.close(),
    redact: transport.redact?.bind(transport),
  };
}

class Server implements CallContext {
  readonly ended: Promise<Error | undefined>;
  readonly grace: number;
  readonly pid: number | undefined;
  version = 'unknown';
  readonly #transport: AppServerTransport;
  readonly #peer: RpcPeer;
  readonly #desk: ApprovalDesk;
  readonly #options: CodexMcpServerOptions;
  readonly #calls = new Map<RequestId, CodexCallRun>();
  #changes: readonly FileUpdateChange[] = [];
  #isClosing = false;

  constructor(transport: AppServerTransport, options: CodexMcpServerOptions) {
    this.#transport = transport;
    this.#options = options;
    this.grace = options.terminateGrace ?? TERMINATE_GRACE_MS;
    this.pid = transport.pid;
    const over = deferred();
    let lost: Error | undefined;
    this.#desk = new ApprovalDesk({
      approvals: options.approvals,
      handlers: {},
      isObserved: () => false,
      isStopped: (threadId) => this.#callOf(threadId)?.isStopping === true,
      findTool: () => undefined,
      toolAnswered: () => undefined,
      changesOf: () => this.#changes,
      answered: () => undefined,
      notify: (threadId, _turnId, notice) => this.#callOf(threadId)?.notice(notice),
    });
    this.#peer = new RpcPeer(toJsonRpc2(transport), {
      requestTimeout: 0,
      overload: { retries: 0, delay: 0 },
      onNotification: (method, params) => {
        if (method === 'codex/event' && isObject(params)) this.#route(params);
      },
      onRequest: (request) => {
        this.#receive(request);
      },
      onClosed: (error) => {
        this.#desk.abortAll();
        if (!this.#isClosing) lost = error;
        over.resolve();
      },
    });
    this.ended = over.promise.then(() => lost);
  }

  get info(): CodexMcpServer['info'] {
    return { version: this.version, pid: this.pid };
  }

  async initialize(): Promise<void> {
    const params = {
      protocolVersion: PROTOCOL_VERSION,
      capabilities: { elicitation: {} },
      clientInfo: CLIENT_INFO,
    };
    const result$ = this.#peer.request$('initialize', params, INITIALIZE_TIMEOUT_MS);
    const result = await firstValueFrom(result$).catch((error: unknown) => {
      if (!isCodexError(error, 'RPC_TIMEOUT')) throw error;
      const problem = `codex mcp-server did not answer initialize within ${INITIALIZE_TIMEOUT_MS} ms. Check "binary".`;
      throw new RpcError('RPC_TIMEOUT', problem, { method: 'initialize', stderr: this.#transport.stderr?.() });
    });
    const { version } = isObject(result) && isObject(result.serverInfo) ? result.serverInfo : {};
    if (typeof version === 'string') this.version = version;
    this.#peer.notify('notifications/initialized');
  }

  codex$(request: CodexCall): Observable<ThreadEvent> {
    return this.#call$(request, () => {
      const { approvalPolicy = this.#options.approvals === undefined ? 'never' : undefined } = request;
      return {
        tool: 'codex',
        threadId: undefined,
        args: {
          prompt: request.prompt,
          cwd: request.workingDirectory ?? process.cwd(),
          model: request.model,
          profile: request.profile,
          sandbox: request.sandbox,
          'approval-policy': approvalPolicy,
          config: request.config,
          'base-instructions': request.baseInstructions,
          'developer-instructions': request.developerInstructions,
        },
      };
    });
  }

  reply$(request: CodexReply): Observable<ThreadEvent> {
    const { threadId, prompt } = request;
    // Older versions know the second name only.
    const args = { threadId, conversationId: threadId, prompt };
    return this.#call$(request, () => ({ tool: 'codex-reply', threadId, args }));
  }

  send$({ tool, args }: CallRequest, onSent: (id: RequestId) => void): Observable<unknown> {
    return this.#peer.request$('tools/call', { name: tool, arguments: args }, 0, onSent);
  }

  attach(id: RequestId, call: CodexCallRun): void {
    this.#calls.set(id, call);
  }

  detach(id: RequestId): void {
    this.#calls.delete(id);
  }

  notifyCancelled(requestId: RequestId): void {
    this.#peer.notify('notifications/cancelled', { requestId, reason: 'unsubscribed' });
  }

  cancelApprovals(threadId: string): void {
    this.#desk.cancel(threadId);
  }

  turnEnded(threadId: string, turnId: string): void {
    this.#desk.turnEnded(threadId, turnId);
  }

  close(): Promise<void> {
    this.#isClosing = true;
    return this.#transport.close();
  }

  #call$(
    request: CodexCall | CodexReply,
    plan: () => Pick<CallRequest, 'tool' | 'threadId' | 'args'>,
  ): Observable<ThreadEvent> {
    try {
      validateCall(request);
    } catch (error) {
      return throwError(() => error);
    }
    return callCodex$(this, { ...plan(), timeout: request.timeout, signal: request.signal });
  }

  #callOf(threadId: string): CodexCallRun | undefined {
    return [...this.#calls.values()].find((call) => call.threadId === threadId);
  }

  #route(params: Readonly<Record<string, unknown>>): void {
    const { requestId } = isObject(params._meta) ? params._meta : {};
    this.#calls.get(requestId as RequestId)?.receive(params);
  }

  #receive({ id, method, params }: IncomingRequest): void {
    if (method === 'ping') {
      this.#peer.answer(id, {});
      return;
    }
    if (method !== 'elicitation/create') {
      this.#peer.reject(id, { code: METHOD_NOT_FOUND, message: `method not found: ${method}` });
      return;
    }
    const { threadId } = isObject(params) ? params : {};
    const call = typeof threadId === 'string' ? this.#callOf(threadId) : undefined;
    const elicitation = readElicitation(params, (callId) => call?.reasonOf(callId));
    // Not a question for approval, or the turn is over.
    if (elicitation === undefined || call === undefined || call.isStopping) {
      this.#peer.answer(id, elicitationAnswer(undefined));
      return;
    }
    this.#changes = elicitation.changes;
    const answers = {
      answer: (request: RequestId, result: unknown) => {
        this.#peer.answer(request, elicitationAnswer(result));
      },
      reject: (request: RequestId) => {
        this.#peer.answer(request, elicitationAnswer(undefined));
      },
    };
    this.#desk.receive(answers, { id, method: elicitation.method, params: elicitation.params });
  }
}
