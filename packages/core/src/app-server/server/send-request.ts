import {
  defer,
  from,
  identity,
  type MonoTypeOperatorFunction,
  mergeMap,
  type Observable,
  throwError,
  timeout,
} from 'rxjs';
import { CapabilityError, RpcError } from '../../errors/index.js';
import { firstVersionAfter } from '../../protocol/first-version.js';
import type { ClientMethod, ParamsOf, ResultOf } from '../../protocol/messages.js';
import { abortable } from './abortable.js';
import type { Connection } from './connection.js';
import type { RequestOptions } from './server-context.js';

/** The state of the server that a request needs. */
export interface RequestState {
  /** In ms. */
  readonly requestTimeout: number;
  isReconnecting(): boolean;
  /** Resolves when the server is connected, or closed. */
  connected(): Promise<void>;
  /** @throws RpcError if the server is not connected, or lost */
  connection(): Connection;
}

/** Sends a request per subscription, after a lost connection has been opened again. */
export function sendRequest$<M extends ClientMethod>(
  state: RequestState,
  method: M,
  params: ParamsOf<M>,
  { timeout: limit, signal }: RequestOptions,
): Observable<ResultOf<M>> {
  const send$ = defer(() => {
    const { info, peer } = state.connection();
    const since = firstVersionAfter(info.version, method);
    if (since !== undefined) throw new CapabilityError(method, info.version, { since, canOmit: false });
    return peer.request$(method, params, limit);
  });
  return defer(() => {
    if (!state.isReconnecting()) return abortable(send$, signal);
    const waiting$ = from(state.connected()).pipe(limited(method, limit ?? state.requestTimeout));
    return abortable(waiting$.pipe(mergeMap(() => send$)), signal);
  });
}

/** Errors when the connection does not come back in time. 0 and `Infinity`: no limit. */
function limited<T>(method: string, ms: number): MonoTypeOperatorFunction<T> {
  const problem = `The app-server could not be reached within ${ms} ms for ${method}. Raise "requestTimeout".`;
  return ms > 0 && Number.isFinite(ms)
    ? timeout({ first: ms, with: () => throwError(() => new RpcError('RPC_TIMEOUT', problem, { method })) })
    : identity;
}
