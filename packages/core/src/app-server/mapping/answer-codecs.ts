import * as t from 'io-ts';
import { RpcError } from '../../errors/index.js';
import type { ClientMethod, ResultOf } from '../../protocol/messages.js';
import { nullable } from './nullable.js';

const id = new t.Type<string>(
  'id',
  (value): value is string => typeof value === 'string' && value !== '',
  (value, context) => (typeof value === 'string' && value !== '' ? t.success(value) : t.failure(value, context)),
  t.identity,
);

const storedTurn = t.type({ id, status: t.string, items: t.readonlyArray(t.UnknownRecord) });
const openedThread = t.type({
  thread: t.type({ id, turns: t.readonlyArray(storedTurn) }),
  model: t.string,
  cwd: t.string,
  sandbox: t.type({ type: t.string }),
});
const startedTurn = t.type({ turn: t.type({ id }) });
const page = <C extends t.Mixed>(item: C) =>
  t.intersection([t.type({ data: t.readonlyArray(item) }), t.partial({ nextCursor: nullable(t.string) })]);

export const goal = t.type({ objective: t.string, status: t.string });
export const rateLimits = t.partial({ limitId: nullable(t.string) });

/** The fields that are read of the answers of the server, by method. */
const answerCodecs: Readonly<Partial<Record<ClientMethod, t.Mixed>>> = {
  'thread/start': openedThread,
  'thread/resume': openedThread,
  'thread/fork': openedThread,
  'thread/list': page(t.type({ id })),
  'thread/read': t.type({ thread: t.type({ id }) }),
  'thread/goal/get': t.partial({ goal: nullable(goal) }),
  'thread/goal/set': t.type({ goal }),
  'thread/goal/clear': t.type({ cleared: t.boolean }),
  'turn/start': startedTurn,
  'turn/steer': t.type({ turnId: id }),
  'review/start': startedTurn,
  'model/list': page(t.UnknownRecord),
  'config/read': t.type({ config: t.UnknownRecord }),
  'account/read': t.intersection([
    t.type({ requiresOpenaiAuth: t.boolean }),
    t.partial({ account: nullable(t.UnknownRecord) }),
  ]),
  'account/rateLimits/read': t.intersection([
    t.type({ rateLimits }),
    t.partial({ rateLimitsByLimitId: nullable(t.record(t.string, nullable(rateLimits))) }),
  ]),
  'account/login/start': t.union([
    t.type({ type: t.literal('chatgpt'), loginId: id, authUrl: t.string }),
    t.type({ type: t.literal('chatgptDeviceCode'), loginId: id, verificationUrl: t.string, userCode: t.string }),
    t.type({ type: t.literal('apiKey') }),
    t.type({ type: t.literal('chatgptAuthTokens') }),
  ]),
};

/** Returns the answer to a request. @throws RpcError if a field that is read has an unexpected shape */
export function checkAnswer<M extends ClientMethod>(method: M, answer: unknown): ResultOf<M> {
  if (answerCodecs[method]?.is(answer) === false) throw malformedAnswer(method);
  return answer as ResultOf<M>;
}

export function malformedAnswer(method: ClientMethod): RpcError {
  return new RpcError('RPC_ERROR', `The app-server answered ${method} in an unexpected shape.`, { method });
}
