import { firstValueFrom, type Observable, throwError } from 'rxjs';
import { ApprovalDesk } from '../../app-server/approvals/approval-desk.js';
import { type IncomingRequest, RpcPeer } from '../../app-server/rpc/rpc-peer.js';
import type { AppServerTransport } from '../../app-server/transport/transport.js';
import { isCodexError, RpcError } from '../../errors/index.js';
import type { ThreadEvent } from '../../events/events.js';
import type { FileUpdateChange } from '../../events/items.js';
import { isObject } from '../../events/schema/fields.js';
import type { RequestId } from '../../protocol/messages.js';
import { CLIENT_INFO } from '../../util/client-info.js';
import { TERMINATE_GRACE_MS } from '../../util/defaults.js';
import { deferred } from '../../util/deferred.js';
import { type CallContext, type CallRequest, type CodexCallRun, callCodex$ } from './codex-call.js';
import { type CodexCall, type CodexMcpServerOptions, type CodexReply, validateCall } from './options.js';
import { elicitationAnswer, readElicitation } from './read-elicitation.js';

const PROTOCOL_VERSION = '2025-06-18';
const INITIALIZE_TIMEOUT_MS = 20_000;
const METHOD_NOT_FOUND = -32601;

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

/** The connection to a server, its calls and the questions of its agents. */
export class CodexServer implements CallContext {
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
