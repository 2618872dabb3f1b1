import type { Observable } from 'rxjs';
import type { ClientMethod, ParamsOf, ResultOf } from '../../protocol/messages.js';
import type { AppServerInfo } from './info.js';

/** Options of one request. */
export interface RequestOptions {
  /** Milliseconds in which the server must answer. Default: `requestTimeout` of the server. */
  readonly timeout?: number | undefined;
  /** Ignores the answer; the Observable errors with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

/** The part of a server that its threads use. */
export interface ServerContext {
  readonly info: AppServerInfo;
  /** Whether requests for approval have a handler. */
  readonly hasApprovals: boolean;
  readonly terminateGrace: number;
  /** Whether the commands of the server run on this machine. */
  readonly isLocal: boolean;
  /** Whether a lost connection is opened again. */
  readonly canReconnect: boolean;
  /** Number of the connection; a thread must be resumed on each one. */
  readonly generation: number;
  request$<M extends ClientMethod>(method: M, params: ParamsOf<M>, options?: RequestOptions): Observable<ResultOf<M>>;
  /** Resolves when the server is connected, or closed. */
  connected(): Promise<void>;
  /** Whether this version has the method and the client may use it. */
  supports(method: ClientMethod): boolean;
  /** Refuses the open requests for approval of a thread. */
  cancelApprovals(threadId: string): void;
  /** The sub-agents of a thread, and theirs. */
  descendantsOf(threadId: string): readonly string[];
  /** The running turn of a thread, as `turn/interrupt` needs it. */
  activeTurnOf(threadId: string): string | undefined;
}
