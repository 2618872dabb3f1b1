import { setTimeout as delay } from 'node:timers/promises';
import {
  BehaviorSubject,
  defer,
  filter,
  firstValueFrom,
  from,
  identity,
  type MonoTypeOperatorFunction,
  mergeMap,
  type Observable,
  Subject,
  throwError,
  timeout,
} from 'rxjs';
import { CapabilityError, RpcError } from '../../errors/index.js';
import { diagnose } from '../../process/diagnostics.js';
import { trackPending } from '../../process/pending-runs.js';
import { firstVersionAfter } from '../../protocol/first-version.js';
import type { ClientMethod, ParamsOf, ResultOf, ServerNotification } from '../../protocol/messages.js';
import { TERMINATE_GRACE_MS } from '../../util/defaults.js';
import { errorMessage } from '../../util/error-message.js';
import { RecentSet } from '../../util/recent-set.js';
import { ApprovalDesk } from '../approvals/approval-desk.js';
import type { RpcPeerOptions } from '../rpc/rpc-peer.js';
import { ThreadHub } from '../thread/thread-hub.js';
import { abortable } from './abortable.js';
import { Agents } from './agents.js';
import { type Connection, closeTransport, openConnection } from './connection.js';
import type { AppServerInfo } from './info.js';
import type { AppServerOptions } from './options.js';
import type { RequestOptions, ServerContext } from './server-context.js';

const REQUEST_TIMEOUT_MS = 60_000;
const OVERLOAD = { retries: 5, delay: 100 };
const RECONNECT_DELAY_MS = 250;
const MAX_RECONNECT_DELAY_MS = 10_000;
/** A server that cannot be reached for longer is lost. */
const RECONNECT_LIMIT_MS = 120_000;

/** Late requests of threads that were released earlier do not arrive any more. */
const MAX_RELEASED = 1_000;

/** The state of the connection to the server. */
export type ConnectionState = 'connected' | 'reconnecting' | 'closed';

/** A server with its threads. Routes what it sends, and connects again. */
export class ServerHub implements ServerContext {
  readonly notifications$ = new Subject<ServerNotification>();
  readonly connection$ = new BehaviorSubject<ConnectionState>('connected');
  readonly hasApprovals: boolean;
  readonly terminateGrace: number;
  readonly isLocal: boolean;
  readonly canReconnect: boolean;
  /** Resolves when the server is closed or lost: with the error, unless it was closed. Never rejects. */
  readonly ended: Promise<Error | undefined>;
  generation = 1;
  readonly #options: AppServerOptions;
  /** The server does not end with this client. */
  readonly #isShared: boolean;
  readonly #requestTimeout: number;
  readonly #threads = new Map<string, ThreadHub>();
  /** Threads that another client owns. */
  readonly #observed = new Set<string>();
  /** Threads that are not used any more: nothing must happen for them. */
  readonly #released = new RecentSet<string>(MAX_RELEASED);
  readonly #agents = new Agents();
  readonly #desk: ApprovalDesk;
  readonly #leaving = new AbortController();
  #connection: Connection | undefined;
  #end: (error: Error | undefined) => void = () => undefined;
  #closing: Promise<void> | undefined;
  #isReferenced = true;

  constructor(options: AppServerOptions) {
    this.#options = options;
    this.#requestTimeout = options.requestTimeout ?? REQUEST_TIMEOUT_MS;
    this.hasApprovals = options.approvals !== undefined;
    this.terminateGrace = options.terminateGrace ?? TERMINATE_GRACE_MS;
    this.isLocal = options.connect === undefined || 'socketPath' in options.connect;
    this.#isShared = options.connect !== undefined && !('transport' in options.connect);
    this.canReconnect = this.#isShared && options.reconnect !== false;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#desk = new ApprovalDesk({
      approvals: options.approvals,
      handlers: options.handlers ?? {},
      isObserved: (threadId) => this.#observed.has(this.#agents.rootOf(threadId)),
      isStopped: (threadId) => {
        const root = this.#agents.rootOf(threadId);
        return this.#released.has(root) || this.#threads.get(root)?.isStopping === true;
      },
      findTool: (threadId, name) =>
        (this.#threads.get(threadId) ?? this.#threads.get(this.#agents.rootOf(threadId)))?.findTool(name),
      toolAnswered: (params, answer) => {
        const { threadId } = (params ?? {}) as { readonly threadId?: unknown };
        if (typeof threadId === 'string') this.#threads.get(threadId)?.receiveToolAnswer(params, answer);
      },
      changesOf: (threadId, itemId) => this.#threads.get(threadId)?.changesOf(itemId) ?? [],
      answered: (threadId, requestId) => {
        this.#threads.get(threadId)?.receive({ method: 'serverRequest/resolved', params: { threadId, requestId } });
      },
      notify: (threadId, turnId, { message, code }) => {
        this.#threads.get(threadId)?.emit({
          type: 'error',
          thread_id: threadId,
          ...(turnId === '' ? {} : { turn_id: turnId }),
          message,
          code,
        });
      },
    });
  }

  get info(): AppServerInfo {
    if (this.#connection === undefined) throw new Error('Invariant violated: the server is not connected yet');
    return this.#connection.info;
  }

  async open(signal: AbortSignal): Promise<void> {
    this.#connection = await openConnection(this.#options, this.#peerOptions(), signal);
  }

  request$<M extends ClientMethod>(
    method: M,
    params: ParamsOf<M>,
    { timeout: limit, signal }: RequestOptions = {},
  ): Observable<ResultOf<M>> {
    const send$ = defer(() => {
      const { info, peer } = this.#connected();
      const since = firstVersionAfter(info.version, method);
      if (since !== undefined) throw new CapabilityError(method, info.version, { since, canOmit: false });
      return peer.request$(method, params, limit);
    });
    return defer(() => {
      if (this.connection$.value !== 'reconnecting') return abortable(send$, signal);
      const waiting$ = from(this.connected()).pipe(limited(method, limit ?? this.#requestTimeout));
      return abortable(waiting$.pipe(mergeMap(() => send$)), signal);
    });
  }

  async connected(): Promise<void> {
    const settled$ = this.connection$.pipe(filter((state) => state !== 'reconnecting'));
    await firstValueFrom(settled$, { defaultValue: undefined });
  }

  supports(method: ClientMethod): boolean {
    const { version, experimentalApi } = this.info;
    return experimentalApi && firstVersionAfter(version, method) === undefined;
  }

  cancelApprovals(threadId: string): void {
    this.#desk.cancel(threadId);
  }

  descendantsOf(threadId: string): readonly string[] {
    return this.#agents.descendantsOf(threadId);
  }

  activeTurnOf(threadId: string): string | undefined {
    return this.#agents.activeTurnOf(threadId) ?? this.#threads.get(threadId)?.active$.value;
  }

  /** Returns the thread, which receives its notifications from now on. */
  thread(id: string): ThreadHub {
    const known = this.#threads.get(id);
    this.#released.delete(id);
    if (known !== undefined) return known;
    const thread = new ThreadHub(id, this);
    this.#threads.set(id, thread);
    return thread;
  }

  /** The thread of this id, if this client uses it. */
  findThread(id: string): ThreadHub | undefined {
    return this.#threads.get(id);
  }

  /** Never answers requests of this thread: its owner does. */
  observe(id: string): void {
    if (!this.#threads.has(id)) this.#observed.add(id);
  }

  own(id: string): void {
    this.#observed.delete(id);
  }

  release(id: string): void {
    this.#threads.get(id)?.complete();
    this.#threads.delete(id);
    this.#observed.delete(id);
    for (const one of [id, ...this.#agents.descendantsOf(id)]) this.#released.add(one);
    this.#agents.forget(id);
  }

  /** The connection keeps the host process alive, as it does after `open()`. */
  ref(): void {
    this.#isReferenced = true;
    this.#connection?.transport.ref?.();
  }

  /** The connection does not keep the host process alive. */
  unref(): void {
    this.#isReferenced = false;
    this.#connection?.transport.unref?.();
  }

  close(): Promise<void> {
    if (this.#closing === undefined) {
      this.#closing = this.#close();
      trackPending(this.#closing, this.#options.signal);
    }
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#leaving.abort();
    this.#lose(new RpcError('SERVER_EXITED', 'The app-server was closed.'), { isIntended: true });
    if (this.#connection !== undefined) await closeTransport(this.#connection.transport);
    this.#end(undefined);
  }

  #connected(): Connection {
    if (this.#connection === undefined) throw new RpcError('CONNECTION_LOST', 'The app-server is not connected.');
    return this.#connection;
  }

  #peerOptions(): RpcPeerOptions {
    const { overload } = this.#options;
    return {
      requestTimeout: this.#requestTimeout,
      overload: { ...OVERLOAD, ...overload },
      onNotification: (method, params) => {
        this.#receive(method, params);
      },
      onRequest: (request) => {
        const { threadId } = (request.params ?? {}) as { readonly threadId?: unknown };
        if (typeof threadId === 'string' && !this.#desk.isLate(request))
          this.#threads.get(threadId)?.receiveRequest(request);
        if (this.#connection !== undefined) this.#desk.receive(this.#connection.peer, request);
      },
      onClosed: (error) => {
        void this.#disconnected(error);
      },
    };
  }

  #receive(method: string, params: unknown): void {
    this.#agents.receive(method, params, (id) => this.#threads.has(id));
    const { threadId, thread, turn, requestId } = (params ?? {}) as {
      readonly threadId?: unknown;
      readonly thread?: { readonly id?: unknown };
      readonly turn?: { readonly id?: unknown };
      readonly requestId?: unknown;
    };
    const id = threadId ?? thread?.id;
    if (method === 'serverRequest/resolved' && (typeof requestId === 'string' || typeof requestId === 'number'))
      this.#desk.resolved(requestId);
    if (typeof id === 'string') {
      if (method === 'turn/completed' && typeof turn?.id === 'string') this.#desk.turnEnded(id, turn.id);
      this.#threads.get(id)?.receive({ method, params });
    }
    this.notifications$.next({ method, params } as ServerNotification);
  }

  async #disconnected(error: Error): Promise<void> {
    this.#desk.abortAll();
    // While it opens, `open()` reports the error.
    if (this.#closing !== undefined || this.#connection === undefined) return;
    // A new connection that is lost while it opens is retried by the loop that opens it.
    if (this.connection$.value === 'reconnecting') return;
    const lost = this.canReconnect ? await this.#reconnect(error, this.#options.reconnect) : error;
    if (lost === undefined || this.#leaving.signal.aborted) return;
    this.#lose(lost, { isIntended: false });
    await closeTransport(this.#connection.transport);
    this.#end(lost);
  }

  /** Returns the error if the server cannot be reached. */
  async #reconnect(error: Error, reconnect: AppServerOptions['reconnect']): Promise<Error | undefined> {
    const { delay: first = RECONNECT_DELAY_MS, maxDelay = MAX_RECONNECT_DELAY_MS } =
      reconnect === false ? {} : (reconnect ?? {});
    const { signal } = this.#leaving;
    const limit = performance.now() + RECONNECT_LIMIT_MS;
    this.connection$.next('reconnecting');
    for (let pause = first; performance.now() < limit; pause = Math.min(pause * 2, maxDelay)) {
      await delay(pause, undefined, { signal, ref: this.#isReferenced }).catch(() => undefined);
      if (signal.aborted) return undefined;
      try {
        this.#connection = await openConnection(this.#options, this.#peerOptions(), signal);
      } catch {
        continue;
      }
      if (!this.#isReferenced) this.unref();
      this.generation += 1;
      this.connection$.next('connected');
      for (const thread of this.#threads.values()) this.#reload(thread);
      return undefined;
    }
    return error;
  }

  #reload(thread: ThreadHub): void {
    thread.load().catch((error: unknown) => {
      // A further loss of the connection loads it again.
      if (!(error instanceof RpcError) || error.code !== 'CONNECTION_LOST')
        thread.fail(new RpcError('CONNECTION_LOST', `The thread could not be resumed: ${errorMessage(error)}`));
    });
  }

  /** Ends everything that is open. */
  #lose(error: Error, { isIntended }: { readonly isIntended: boolean }): void {
    this.#desk.abortAll();
    for (const thread of this.#threads.values()) {
      // A turn outlives its client.
      if (this.#isShared && thread.active$.value !== undefined)
        diagnose({ type: 'leftover', runId: thread.id, pids: [] });
      thread.fail(error);
    }
    this.#threads.clear();
    if (this.connection$.value !== 'closed') this.connection$.next('closed');
    this.connection$.complete();
    if (isIntended) this.notifications$.complete();
    else this.notifications$.error(error);
  }
}

/** Errors when the connection does not come back in time. 0 and `Infinity`: no limit. */
function limited<T>(method: string, ms: number): MonoTypeOperatorFunction<T> {
  const problem = `The app-server could not be reached within ${ms} ms for ${method}. Raise "requestTimeout".`;
  return ms > 0 && Number.isFinite(ms)
    ? timeout({ first: ms, with: () => throwError(() => new RpcError('RPC_TIMEOUT', problem, { method })) })
    : identity;
}
