import { BehaviorSubject, filter, firstValueFrom, type Observable, Subject } from 'rxjs';
import { RpcError } from '../../errors/index.js';
import { diagnose } from '../../process/diagnostics.js';
import { trackPending } from '../../process/pending-runs.js';
import { firstVersionAfter } from '../../protocol/first-version.js';
import type { ClientMethod, ParamsOf, ResultOf, ServerNotification } from '../../protocol/messages.js';
import { TERMINATE_GRACE_MS } from '../../util/defaults.js';
import { errorMessage } from '../../util/error-message.js';
import { ApprovalDesk } from '../approvals/approval-desk.js';
import type { IncomingRequest, RpcPeerOptions } from '../rpc/rpc-peer.js';
import type { ThreadHub } from '../thread/thread-hub.js';
import { type Connection, closeTransport, openConnection } from './connection.js';
import { deskOptions } from './desk-options.js';
import type { AppServerInfo } from './info.js';
import type { AppServerOptions } from './options.js';
import { reconnect } from './reconnect.js';
import { type RequestState, sendRequest$ } from './send-request.js';
import type { RequestOptions, ServerContext } from './server-context.js';
import { ThreadRegistry } from './thread-registry.js';

const REQUEST_TIMEOUT_MS = 60_000;
const OVERLOAD = { retries: 5, delay: 100 };

/** The state of the connection to the server. */
export type ConnectionState = 'connected' | 'reconnecting' | 'closed';

/** A server with its threads. Routes what it sends, and connects again. */
export class ServerHub implements ServerContext, RequestState {
  readonly notifications$ = new Subject<ServerNotification>();
  readonly connection$ = new BehaviorSubject<ConnectionState>('connected');
  readonly threads: ThreadRegistry = new ThreadRegistry(this);
  readonly hasApprovals: boolean;
  readonly terminateGrace: number;
  readonly requestTimeout: number;
  readonly isLocal: boolean;
  readonly canReconnect: boolean;
  /** Resolves when the server is closed or lost: with the error, unless it was closed. Never rejects. */
  readonly ended: Promise<Error | undefined>;
  generation = 1;
  readonly #options: AppServerOptions;
  /** The server does not end with this client. */
  readonly #isShared: boolean;
  readonly #desk: ApprovalDesk;
  readonly #leaving = new AbortController();
  #connection: Connection | undefined;
  /** Why the server is not used any more. */
  #lost: Error | undefined;
  #end: (error: Error | undefined) => void = () => undefined;
  #closing: Promise<void> | undefined;
  #isReferenced = true;

  constructor(options: AppServerOptions) {
    this.#options = options;
    this.requestTimeout = options.requestTimeout ?? REQUEST_TIMEOUT_MS;
    this.hasApprovals = options.approvals !== undefined;
    this.terminateGrace = options.terminateGrace ?? TERMINATE_GRACE_MS;
    this.isLocal = options.connect === undefined || options.connect.socketPath !== undefined;
    this.#isShared = options.connect !== undefined && options.connect.transport === undefined;
    this.canReconnect = this.#isShared && options.reconnect !== false;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#desk = new ApprovalDesk(deskOptions(this.threads, options));
  }

  get info(): AppServerInfo {
    if (this.#connection === undefined) throw new Error('Invariant violated: the server is not connected yet');
    return this.#connection.info;
  }

  async open(signal: AbortSignal): Promise<void> {
    this.#connection = await this.#connect(signal);
  }

  request$<M extends ClientMethod>(
    method: M,
    params: ParamsOf<M>,
    options: RequestOptions = {},
  ): Observable<ResultOf<M>> {
    return sendRequest$(this, method, params, options);
  }

  connection(): Connection {
    if (this.#lost !== undefined) throw this.#lost;
    if (this.#connection === undefined) throw new RpcError('CONNECTION_LOST', 'The app-server is not connected.');
    return this.#connection;
  }

  isReconnecting(): boolean {
    return this.connection$.value === 'reconnecting';
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
    return this.threads.descendantsOf(threadId);
  }

  activeTurnOf(threadId: string): string | undefined {
    return this.threads.activeTurnOf(threadId);
  }

  /** The thread of this id, if this client uses it. */
  findThread(id: string): ThreadHub | undefined {
    return this.threads.find(id);
  }

  release(id: string): void {
    this.threads.release(id);
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

  #connect(signal: AbortSignal): Promise<Connection> {
    return openConnection(this.#options, this.#peerOptions(), signal);
  }

  #peerOptions(): RpcPeerOptions {
    return {
      requestTimeout: this.requestTimeout,
      overload: { ...OVERLOAD, ...this.#options.overload },
      onNotification: (method, params) => {
        this.#receive(method, params);
      },
      onRequest: (request) => {
        this.#receiveRequest(request);
      },
      onClosed: (error) => {
        void this.#disconnected(error);
      },
    };
  }

  #receiveRequest(request: IncomingRequest): void {
    const { threadId } = (request.params ?? {}) as { readonly threadId?: unknown };
    if (typeof threadId === 'string' && !this.#desk.isLate(request))
      this.threads.find(threadId)?.events.receiveRequest(request);
    if (this.#connection !== undefined) this.#desk.receive(this.#connection.peer, request);
  }

  #receive(method: string, params: unknown): void {
    this.threads.receive(method, params);
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
      this.threads.find(id)?.receive({ method, params });
    }
    this.notifications$.next({ method, params } as ServerNotification);
  }

  async #disconnected(error: Error): Promise<void> {
    this.#desk.abortAll();
    // While it opens, `open()` reports the error.
    if (this.#closing !== undefined || this.#connection === undefined) return;
    // A new connection that is lost while it opens is retried by the loop that opens it.
    if (this.isReconnecting()) return;
    const isBack = this.canReconnect && (await this.#reconnect());
    if (isBack || this.#leaving.signal.aborted) return;
    this.#lose(error, { isIntended: false });
    await closeTransport(this.#connection.transport);
    this.#end(error);
  }

  /** Returns whether the server could be reached again. */
  async #reconnect(): Promise<boolean> {
    const { signal } = this.#leaving;
    this.connection$.next('reconnecting');
    const connection = await reconnect(() => this.#connect(signal), this.#options.reconnect, {
      signal,
      isReferenced: () => this.#isReferenced,
    });
    if (connection === undefined) return false;
    this.#connection = connection;
    if (!this.#isReferenced) this.unref();
    this.generation += 1;
    this.connection$.next('connected');
    for (const thread of this.threads.all()) this.#reload(thread);
    return true;
  }

  #reload(thread: ThreadHub): void {
    thread.loader.load().catch((error: unknown) => {
      // A further loss of the connection loads it again.
      if (!(error instanceof RpcError) || error.code !== 'CONNECTION_LOST')
        thread.fail(new RpcError('CONNECTION_LOST', `The thread could not be resumed: ${errorMessage(error)}`));
    });
  }

  /** Ends everything that is open. */
  #lose(error: Error, { isIntended }: { readonly isIntended: boolean }): void {
    this.#lost = error;
    this.#desk.abortAll();
    for (const thread of this.threads.all()) {
      // A turn outlives its client.
      if (this.#isShared && thread.events.active$.value !== undefined)
        diagnose({ type: 'leftover', runId: thread.id, pids: [] });
      thread.fail(error);
    }
    this.threads.clear();
    if (this.connection$.value !== 'closed') this.connection$.next('closed');
    this.connection$.complete();
    if (isIntended) this.notifications$.complete();
    else this.notifications$.error(error);
  }
}
