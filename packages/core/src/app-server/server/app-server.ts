import {
  concat,
  defer,
  filter,
  from,
  map,
  mergeMap,
  type Observable,
  of,
  reduce,
  scan,
  startWith,
  switchMap,
} from 'rxjs';
import type { ThreadEvent } from '../../events/events.js';
import type { ClientMethod, ParamsOf, ResultOf, ServerNotification } from '../../protocol/messages.js';
import type { ExecRequest, ForkRequest, ResumeRequest, ReviewRequest } from '../../request/types.js';
import { readNotification } from '../mapping/read-notification.js';
import { runOnServer$ } from '../runs/run-on-server.js';
import { type AppServerThread, createThread } from '../thread/app-server-thread.js';
import { forkThread$, resumeThread$, startThread$ } from '../thread/open-thread.js';
import type { ThreadOptions } from '../thread/thread-options.js';
import type { AppServerInfo } from './info.js';
import { login$, type ServerLoginEvent, type ServerLoginRequest } from './login.js';
import type { AppServerOptions } from './options.js';
import { pages$ } from './pages.js';
import { mergeRateLimits, type RateLimits } from './rate-limits.js';
import type { RequestOptions } from './server-context.js';
import type { ConnectionState, ServerHub } from './server-hub.js';

/** A thread as the server stores it. */
export type StoredThread = ResultOf<'thread/list'>['data'][number];
/** A model that the server offers. */
export type Model = ResultOf<'model/list'>['data'][number];
/** Filters of `thread.list$`. */
export type ListThreadsOptions = Omit<ParamsOf<'thread/list'>, 'cursor'>;

/** Threads of a server. All Observables are cold. */
export interface ThreadMethods {
  /** Starts a thread and emits it. Default folder: the current folder of the server. */
  start$(options?: ThreadOptions): Observable<AppServerThread>;
  /**
   * Loads a stored thread and emits it. Send the options again that it was started with: the server forgets the
   * sandbox, the policy and the configuration. Errors with a `SessionError` for an unknown, archived or busy thread.
   */
  resume$(threadId: string, options?: ThreadOptions): Observable<AppServerThread>;
  /** Copies a thread and emits the copy. */
  fork$(threadId: string, options?: ThreadOptions): Observable<AppServerThread>;
  /** Emits each stored thread. Requests the next page when the subscriber has received one: `take(10)` stops early. */
  list$(options?: ListThreadsOptions): Observable<StoredThread>;
  /** Emits a stored thread without loading it. */
  read$(threadId: string, options?: { readonly includeTurns?: boolean }): Observable<StoredThread>;
  /** Archives a thread: it cannot be resumed until it is unarchived. */
  archive$(threadId: string): Observable<void>;
  /** Restores an archived thread. */
  unarchive$(threadId: string): Observable<void>;
  /** CLI ≥ 0.144. */
  delete$(threadId: string): Observable<void>;
  /** Names a thread. */
  setName$(threadId: string, name: string): Observable<void>;
  /** Starts to summarize the history; its end is an event of the thread. */
  compact$(threadId: string): Observable<void>;
}

/** A connected app-server. */
export interface AppServer {
  /** The server's version and platform. */
  readonly info: AppServerInfo;
  /**
   * Sends a request of the protocol and emits its result. Cold. Unsubscribing ignores the answer.
   *
   * Errors with a `CapabilityError` if this version lacks the method, and with an `RpcError` for an error of the server
   * (`RPC_ERROR`), a missing answer (`RPC_TIMEOUT`) and a lost server (`SERVER_EXITED`, `CONNECTION_LOST`).
   */
  request$<M extends ClientMethod>(method: M, params: ParamsOf<M>, options?: RequestOptions): Observable<ResultOf<M>>;
  /** Hot: every notification, also those without a counterpart in `ThreadEvent`. Errors when the server is lost. */
  readonly notifications$: Observable<ServerNotification>;
  /** Emits the state now and each change. Completes after `closed`. */
  readonly connection$: Observable<ConnectionState>;
  /** Runs a prompt on a new thread, with the request, the events and the errors of `exec$`. */
  exec$(request: ExecRequest): Observable<ThreadEvent>;
  /** Continues a thread with another prompt, with the events and errors of `resume$` of `@codex-rx/core`. */
  resume$(request: ResumeRequest): Observable<ThreadEvent>;
  /** Copies a thread and runs a prompt on the copy, with the events and errors of `fork$` of `@codex-rx/core`. */
  fork$(request: ForkRequest): Observable<ThreadEvent>;
  /** Reviews the code of a Git repository, with the events and errors of `review$` of `@codex-rx/core`. */
  review$(request: ReviewRequest): Observable<ThreadEvent>;
  /** Starts, resumes and manages threads. */
  readonly thread: ThreadMethods;
  /** Emits the models once. */
  models$(options?: { readonly includeHidden?: boolean }): Observable<readonly Model[]>;
  /**
   * Emits the account, and again after each login and logout, also those of other clients. `refreshToken` gets a new
   * token from the login server first.
   */
  account$(options?: { readonly refreshToken?: boolean }): Observable<ResultOf<'account/read'>>;
  /**
   * Logs the server in, for all of its clients. If a person has to act, emits `{ type: 'open' }` with the page to open
   * and the code to enter; then `{ type: 'done' }`, and completes. Unsubscribing cancels. Errors with an `RpcError` if
   * the login fails. A device code needs CLI ≥ 0.125.
   *
   * `browser` starts a server on port 1455 of the server's machine, to which the page redirects.
   */
  login$(request: ServerLoginRequest): Observable<ServerLoginEvent>;
  /** Logs the server out, for all of its clients. */
  logout$(): Observable<void>;
  /** Emits the rate limits, and again with each update. */
  rateLimits$(): Observable<RateLimits>;
  /** Emits the configuration once. */
  config$(): Observable<ResultOf<'config/read'>['config']>;
  /** Interrupts nothing; closes the connection, and a server that belongs to this host. Open Observables error. */
  close(): Promise<void>;
}

/** The hubs of servers, for functions that are not methods. */
export const hubs = new WeakMap<AppServer, ServerHub>();

export function createAppServer(hub: ServerHub, options: AppServerOptions): AppServer {
  const server: AppServer = {
    get info() {
      return hub.info;
    },
    request$: (method, params, requestOptions) => hub.request$(method, params, requestOptions),
    notifications$: hub.notifications$.asObservable(),
    connection$: hub.connection$.asObservable(),
    exec$: (request) => runOnServer$(hub, options, { ...request, command: 'exec' }),
    resume$: (request) => runOnServer$(hub, options, { ...request, command: 'resume' }),
    fork$: (request) => runOnServer$(hub, options, { ...request, command: 'fork' }),
    review$: (request) => runOnServer$(hub, options, { ...request, command: 'review' }),
    thread: threadMethods(hub),
    models$: ({ includeHidden } = {}) =>
      pages$('model/list', (cursor) => hub.request$('model/list', { cursor, includeHidden })).pipe(
        reduce<ResultOf<'model/list'>, readonly Model[]>((models, { data }) => [...models, ...data], []),
      ),
    account$: ({ refreshToken = false } = {}) =>
      hub.notifications$.pipe(
        filter(({ method }) => method === 'account/updated'),
        startWith(undefined),
        switchMap(() => hub.request$('account/read', { refreshToken })),
      ),
    login$: (request) => login$(hub, request),
    logout$: () => hub.request$('account/logout', null).pipe(map(() => undefined)),
    rateLimits$: () =>
      defer(() => {
        const updates$ = hub.notifications$.pipe(
          filter((notification) => notification.method === 'account/rateLimits/updated'),
          map(({ method, params }) => readNotification(method, params)),
          filter((update) => update !== undefined),
          map((update) => update.rateLimits),
        );
        return hub
          .request$('account/rateLimits/read', null)
          .pipe(switchMap((limits) => concat(of(limits), updates$.pipe(scan(mergeRateLimits, limits)))));
      }),
    config$: () => hub.request$('config/read', {}).pipe(map(({ config }) => config)),
    close: () => hub.close(),
  };
  hubs.set(server, hub);
  return server;
}

function threadMethods(hub: ServerHub): ThreadMethods {
  const done = (source$: Observable<unknown>): Observable<void> => source$.pipe(map(() => undefined));
  return {
    start$: (options = {}) => startThread$(hub, options).pipe(map(createThread)),
    resume$: (threadId, options = {}) => resumeThread$(hub, threadId, options).pipe(map(createThread)),
    fork$: (threadId, options = {}) => forkThread$(hub, threadId, options).pipe(map(createThread)),
    list$: (options = {}) =>
      pages$('thread/list', (cursor) => hub.request$('thread/list', { ...options, cursor })).pipe(
        mergeMap(({ data }) => from(data)),
      ),
    read$: (threadId, { includeTurns = false } = {}) =>
      hub.request$('thread/read', { threadId, includeTurns }).pipe(map(({ thread }) => thread)),
    archive$: (threadId) => done(hub.request$('thread/archive', { threadId })),
    unarchive$: (threadId) => done(hub.request$('thread/unarchive', { threadId })),
    delete$: (threadId) => done(hub.request$('thread/delete', { threadId })),
    setName$: (threadId, name) => done(hub.request$('thread/name/set', { threadId, name })),
    compact$: (threadId) => done(hub.request$('thread/compact/start', { threadId })),
  };
}
