import type { ObservableInput } from 'rxjs';
import type { AnswerOf, ServerMethod, ServerParamsOf } from '../../protocol/messages.js';
import type { ApprovalHandler } from '../approvals/types.js';
import type { ProcessOptions } from '../transport/process-options.js';
import type { RemoteAddress } from '../transport/remote-address.js';
import type { AppServerTransport } from '../transport/transport.js';

/** Handlers of requests of the server, by method. The first emission is the answer; no emission or an error refuses. */
export type ServerRequestHandlers = {
  readonly [M in ServerMethod]?: (
    params: ServerParamsOf<M>,
    context: { readonly signal: AbortSignal },
  ) => ObservableInput<AnswerOf<M>>;
};

/** Where a running server listens. */
export type ConnectOptions =
  | RemoteAddress
  | { readonly transport: AppServerTransport; readonly url?: undefined; readonly socketPath?: undefined };

/** Options of `appServer$` and `openAppServer`. */
export interface AppServerOptions extends ProcessOptions {
  /**
   * A running server: a WebSocket URL with its token, a Unix socket, or an own transport. Default: spawn
   * `codex app-server`, which ends with its Observable. The options of the process cannot be set with it.
   */
  readonly connect?: ConnectOptions | undefined;
  /** The name of the application, which the server reports to the model's host. */
  readonly clientInfo?: { readonly name: string; readonly title?: string; readonly version: string } | undefined;
  /** Use experimental methods and fields. Default `true`: tools of the client and some clean-up need them. */
  readonly experimentalApi?: boolean | undefined;
  /** Notifications that the server must not send, by method. */
  readonly optOutNotifications?: readonly string[] | undefined;
  /** Milliseconds in which the server must answer a request. Default 60,000; 0 or `Infinity`: no limit. */
  readonly requestTimeout?: number | undefined;
  /** How requests are repeated that meet an overloaded server. Default: 5 retries, the first after at most 100 ms. */
  readonly overload?: { readonly retries?: number; readonly delay?: number } | undefined;
  /** Answers requests for approval. Without it, threads never ask, and anything that asks nevertheless is declined. */
  readonly approvals?: ApprovalHandler | undefined;
  /** Answers other requests of the server. */
  readonly handlers?: ServerRequestHandlers | undefined;
  /**
   * Connect again when the connection to a `url` or a `socketPath` is lost: pauses in ms, doubled from `delay` (default
   * 250) up to `maxDelay` (default 10,000). `false`: fail.
   */
  readonly reconnect?: false | { readonly delay?: number; readonly maxDelay?: number } | undefined;
}
