import { defer, from, map, mergeMap, type Observable } from 'rxjs';
import { abortable } from '../../errors/abortable.js';
import { CapabilityError, RpcError } from '../../errors/index.js';
import { firstVersionAfter } from '../../protocol/first-version.js';
import type { ClientMethod, ParamsOf, ResultOf } from '../../protocol/messages.js';
import { limitFirst } from '../../util/limit-first.js';
import { checkAnswer } from '../mapping/answer-codecs.js';
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

/** Sends a request per subscription, after a lost connection has been opened again, and checks the answer. */
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
    return peer.request$(method, params, limit).pipe(map((answer) => checkAnswer(method, answer)));
  });
  return defer(() => {
    if (!state.isReconnecting()) return abortable(send$, signal);
    const ms = limit ?? state.requestTimeout;
    const problem = `The app-server could not be reached within ${ms} ms for ${method}. Raise "requestTimeout".`;
    const waiting$ = from(state.connected()).pipe(
      limitFirst(ms, () => new RpcError('RPC_TIMEOUT', problem, { method })),
    );
    return abortable(waiting$.pipe(mergeMap(() => send$)), signal);
  });
}
