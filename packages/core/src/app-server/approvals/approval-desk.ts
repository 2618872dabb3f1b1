import { defaultIfEmpty, defer, identity, map, type ObservableInput, Subscription, take, timeout } from 'rxjs';
import type { FileUpdateChange } from '../../events/items.js';
import { diagnose } from '../../process/diagnostics.js';
import type { RequestId } from '../../protocol/messages.js';
import type { Tool } from '../../request/tool-types.js';
import { errorMessage } from '../../util/error-message.js';
import { RecentSet } from '../../util/recent-set.js';
import type { IncomingRequest, RpcAnswers } from '../rpc/rpc-peer.js';
import type { ServerRequestHandlers } from '../server/options.js';
import { toToolAnswer } from '../tools/dynamic-tools.js';
import { encodeDecision, isRefusal, isShorthand } from './encode-decision.js';
import { type ReadApproval, readApproval } from './read-approval.js';
import { REFUSALS } from './refusals.js';
import type { ApprovalHandler } from './types.js';

/** A handler that never emits must not stop a turn without end. */
const APPROVAL_TIMEOUT_MS = 10 * 60_000;
/** Requests of turns that ended earlier do not arrive any more. */
const MAX_ENDED_TURNS = 1_000;
const METHOD_NOT_FOUND = -32601;
const NOT_HANDLED = -32000;

export interface DeskOptions {
  readonly approvals: ApprovalHandler | undefined;
  readonly handlers: ServerRequestHandlers;
  /** Whether another client of the server answers for this thread. */
  readonly isObserved: (threadId: string) => boolean;
  /** Whether a thread, or the thread that a sub-agent works for, is being stopped or is not used any more. */
  readonly isStopped: (threadId: string) => boolean;
  /** The tool of the program that the model of a thread calls. */
  readonly findTool: (threadId: string, name: string) => Tool | undefined;
  /** Takes the answer to a call of a tool. */
  readonly toolAnswered: (params: unknown, answer: unknown) => void;
  readonly changesOf: (threadId: string, itemId: string) => readonly FileUpdateChange[];
  /** Called when this client has answered a request: CLI 0.98 does not report it. */
  readonly answered: (threadId: string, id: RequestId) => void;
  /** Puts a notice into the stream of the thread. */
  readonly notify: (
    threadId: string,
    turnId: string,
    notice: { readonly message: string; readonly code: string },
  ) => void;
}

interface OpenRequest {
  readonly threadId: string | undefined;
  readonly turnId: string | undefined;
  /** Answers with `cancel`. */
  readonly cancel: () => void;
  /** Aborts the handler without an answer. */
  readonly abort: () => void;
}

/** Answers the requests of the server: each one once, and in doubt by a refusal. */
export class ApprovalDesk {
  readonly #options: DeskOptions;
  readonly #open = new Map<RequestId, OpenRequest>();
  readonly #endedTurns = new RecentSet<string>(MAX_ENDED_TURNS);

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  receive(peer: RpcAnswers, request: IncomingRequest): void {
    const { threadId } = (request.params ?? {}) as { readonly threadId?: unknown };
    if (typeof threadId === 'string' && this.#options.isObserved(threadId)) return;
    this.#abort(request.id);
    if (this.isLate(request)) {
      this.#refuse(peer, request, 'its turn is over');
      return;
    }
    if (request.method === 'item/tool/call' && this.#callTool(peer, request)) return;
    const approval = readApproval(request.method, request.params, this.#options.changesOf);
    if (approval === undefined) this.#receiveOther(peer, request);
    else if (approval === 'malformed') this.#refuse(peer, request, 'its parameters have an unexpected shape');
    else this.#decide(peer, request, approval);
  }

  /** Whether a request belongs to a turn that is over or is being stopped. Nothing must happen for it. */
  isLate({ params }: Pick<IncomingRequest, 'params'>): boolean {
    const { threadId, turnId } = (params ?? {}) as { readonly threadId?: unknown; readonly turnId?: unknown };
    if (typeof threadId !== 'string') return false;
    return this.#options.isStopped(threadId) || this.#endedTurns.has(turnKey(threadId, turnId));
  }

  /** Another client has answered, or the request is void. */
  resolved(id: RequestId): void {
    this.#abort(id);
  }

  /** The turn is over: late answers are of no use. */
  turnEnded(threadId: string, turnId: string): void {
    this.#endedTurns.add(turnKey(threadId, turnId));
    for (const [id, open] of [...this.#open]) if (open.threadId === threadId && open.turnId === turnId) this.#abort(id);
  }

  /** Refuses everything of a thread that is being stopped. */
  cancel(threadId: string): void {
    for (const open of [...this.#open.values()]) if (open.threadId === threadId) open.cancel();
  }

  /** The connection is gone. The server repeats open requests on the next one. */
  abortAll(): void {
    for (const id of [...this.#open.keys()]) this.#abort(id);
  }

  #abort(id: RequestId): void {
    this.#open.get(id)?.abort();
    this.#open.delete(id);
  }

  #decide(peer: RpcAnswers, { id, method }: IncomingRequest, { threadId, turnId, request }: ReadApproval): void {
    const encode = (decision: unknown): unknown => encodeDecision(method, request, decision);
    const answer = (result: unknown): void => {
      peer.answer(id, result);
      this.#options.answered(threadId, id);
    };
    const decline = (why: string): void => {
      answer(encode('decline'));
      const message = `A request for approval (${request.kind}) was declined: ${why}.`;
      this.#options.notify(threadId, turnId, { message, code: 'approval_declined' });
    };
    const { approvals } = this.#options;
    if (approvals === undefined) {
      decline('no handler is set. Set "approvals"');
      return;
    }
    this.#run(id, { threadId, turnId }, (signal) => approvals(request, { threadId, turnId, signal }), {
      prepare: (decision) => {
        const plain = toJson(decision);
        return isShorthand(plain) || !isRefusal(request, plain) ? encode(plain) : undefined;
      },
      next: (result) => {
        if (result === undefined) decline('the decision does not fit the request');
        else answer(result);
      },
      failed: decline,
      cancelled: () => {
        answer(encode('cancel'));
      },
    });
  }

  /** Calls a tool of the program. Returns `false` for other tools. */
  #callTool(peer: RpcAnswers, { id, params }: IncomingRequest): boolean {
    const { threadId, turnId, tool: name, arguments: args } = (params ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof threadId !== 'string' || typeof turnId !== 'string' || typeof name !== 'string') return false;
    const tool = this.#options.findTool(threadId, name);
    if (tool === undefined) return false;
    const answer = (result: unknown): void => {
      peer.answer(id, result);
      this.#options.toolAnswered(params, result);
    };
    const fail = (why: string): void => {
      answer(toToolAnswer({ content: [{ type: 'text', text: why }], isError: true }));
    };
    this.#run(id, { threadId, turnId }, () => tool.call$(args, { threadId }), {
      limit: Number.POSITIVE_INFINITY,
      prepare: (outcome) => toJson(toToolAnswer(outcome)),
      next: answer,
      failed: fail,
      cancelled: () => {
        fail('The call was cancelled.');
      },
    });
    return true;
  }

  #receiveOther(peer: RpcAnswers, request: IncomingRequest): void {
    const { id, method, params } = request;
    const { threadId, turnId } = (params ?? {}) as { readonly threadId?: unknown; readonly turnId?: unknown };
    const handlers = this.#options.handlers as Readonly<
      Record<string, ((params: unknown, context: { signal: AbortSignal }) => ObservableInput<unknown>) | undefined>
    >;
    const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
    if (handler === undefined) {
      this.#refuse(peer, request, 'no handler is set');
      return;
    }
    const place = {
      threadId: typeof threadId === 'string' ? threadId : undefined,
      turnId: typeof turnId === 'string' ? turnId : undefined,
    };
    this.#run(id, place, (signal) => handler(params, { signal }), {
      prepare: toJson,
      next: (result) => {
        if (result === undefined) {
          this.#refuse(peer, request, 'the handler returned no JSON value');
          return;
        }
        peer.answer(id, result);
        if (method === 'item/tool/call') this.#options.toolAnswered(params, result);
      },
      failed: (why) => {
        this.#refuse(peer, request, why);
      },
      cancelled: () => {
        this.#refuse(peer, request, 'the turn is being stopped');
      },
    });
  }

  /** Runs a handler. Calls exactly one of the callbacks, or none if the request is aborted. */
  #run<T>(
    id: RequestId,
    place: Pick<OpenRequest, 'threadId' | 'turnId'>,
    handle: (signal: AbortSignal) => ObservableInput<T>,
    on: {
      /** Converts the emitted value to JSON. An error here is an error of the handler. */
      readonly prepare: (emitted: T) => unknown;
      readonly next: (answer: unknown) => void;
      readonly failed: (why: string) => void;
      readonly cancelled: () => void;
      /** In ms. Default: that of approvals. */
      readonly limit?: number;
    },
  ): void {
    const controller = new AbortController();
    const none = Symbol('none');
    const { limit = APPROVAL_TIMEOUT_MS } = on;
    // A handler may throw, which `defer` reports as an error.
    const answer$ = defer(() => handle(controller.signal)).pipe(
      take(1),
      limit === Number.POSITIVE_INFINITY ? identity : timeout({ first: limit }),
      map(on.prepare),
      defaultIfEmpty<unknown, typeof none>(none),
    );
    const subscription = new Subscription();
    let isDone = false;
    const finish = (): boolean => {
      if (isDone) return false;
      isDone = true;
      if (this.#open.get(id) === open) this.#open.delete(id);
      controller.abort();
      return true;
    };
    const open: OpenRequest = {
      ...place,
      cancel: () => {
        if (!finish()) return;
        subscription.unsubscribe();
        on.cancelled();
      },
      abort: () => {
        if (finish()) subscription.unsubscribe();
      },
    };
    this.#open.set(id, open);
    subscription.add(
      answer$.subscribe({
        next: (value) => {
          if (!finish()) return;
          if (value === none) on.failed('the handler completed without a decision');
          else on.next(value);
        },
        error: (error: unknown) => {
          if (finish()) on.failed(`the handler failed (${errorMessage(error)})`);
        },
      }),
    );
  }

  /** Answers so that the server refuses what it wanted, and reports it. */
  #refuse(peer: RpcAnswers, { id, method, params }: IncomingRequest, why: string): void {
    const refusal = Object.hasOwn(REFUSALS, method) ? REFUSALS[method] : undefined;
    if (refusal === undefined) {
      const isKnown = Object.hasOwn(KNOWN_ERRORS, method);
      const message = isKnown ? `${method} is not available: ${why}` : `method not found: ${method}`;
      peer.reject(id, { code: isKnown ? NOT_HANDLED : METHOD_NOT_FOUND, message });
    } else peer.answer(id, refusal);
    diagnose({ type: 'protocolError', problem: `${method} was refused: ${why}`, text: '' });
    const { threadId, turnId } = (params ?? {}) as { readonly threadId?: unknown; readonly turnId?: unknown };
    if (typeof threadId !== 'string') return;
    if (method === 'item/tool/call') this.#options.toolAnswered(params, refusal);
    else this.#options.answered(threadId, id);
    const notice = { message: `The request ${method} of the server was refused: ${why}.`, code: 'request_refused' };
    this.#options.notify(threadId, typeof turnId === 'string' ? turnId : '', notice);
  }
}

/** Returns a copy as JSON, or `undefined` for a function and the like. @throws for circular values and bigints */
function toJson(value: unknown): unknown {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

function turnKey(threadId: string, turnId: unknown): string {
  return `${threadId} ${String(turnId)}`;
}

/** Requests of the protocol that have no refusing answer. */
const KNOWN_ERRORS: Readonly<Record<string, true>> = {
  'account/chatgptAuthTokens/refresh': true,
  'attestation/generate': true,
  'currentTime/read': true,
};
