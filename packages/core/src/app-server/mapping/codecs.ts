import * as t from 'io-ts';
import { nullable } from './nullable.js';

const tokens = t.intersection([
  t.type({ inputTokens: t.Int, cachedInputTokens: t.Int, outputTokens: t.Int }),
  t.partial({ reasoningOutputTokens: t.Int, cacheWriteInputTokens: t.Int }),
]);
export type WireTokens = t.TypeOf<typeof tokens>;

const turnError = t.intersection([t.type({ message: t.string }), t.partial({ codexErrorInfo: t.unknown })]);
export type WireTurnError = t.TypeOf<typeof turnError>;

const wireItem = t.intersection([t.type({ type: t.string }), t.partial({ id: t.string })]);

const context = { threadId: t.string, turnId: t.string };
const delta = t.type({ ...context, itemId: t.string, delta: t.string });

/** The fields that are read of the notifications that are mapped to events. */
export const notificationCodecs = {
  'thread/started': t.type({
    thread: t.intersection([t.type({ id: t.string }), t.partial({ forkedFromId: nullable(t.string) })]),
  }),
  'turn/started': t.type({ threadId: t.string, turn: t.type({ id: t.string }) }),
  'turn/completed': t.type({
    threadId: t.string,
    turn: t.intersection([t.type({ id: t.string, status: t.string }), t.partial({ error: nullable(turnError) })]),
  }),
  'item/started': t.type({ ...context, item: wireItem }),
  'item/completed': t.type({ ...context, item: wireItem }),
  'item/agentMessage/delta': delta,
  'item/plan/delta': delta,
  'item/reasoning/summaryTextDelta': delta,
  'item/reasoning/summaryPartAdded': t.type({ ...context, itemId: t.string, summaryIndex: t.number }),
  'item/commandExecution/outputDelta': delta,
  'turn/plan/updated': t.type({
    ...context,
    plan: t.readonlyArray(t.type({ step: t.string, status: t.string })),
  }),
  'turn/diff/updated': t.type({ ...context, diff: t.string }),
  'thread/tokenUsage/updated': t.type({
    ...context,
    tokenUsage: t.intersection([
      t.type({ total: tokens, last: tokens }),
      t.partial({ modelContextWindow: nullable(t.Int) }),
    ]),
  }),
  'serverRequest/resolved': t.type({ threadId: t.string, requestId: t.union([t.string, t.number]) }),
  error: t.type({ ...context, error: turnError, willRetry: t.boolean }),
  warning: t.intersection([t.type({ message: t.string }), t.partial({ threadId: nullable(t.string) })]),
} as const;

export type MappedMethod = keyof typeof notificationCodecs;
export type WireParams = { readonly [K in MappedMethod]: t.TypeOf<(typeof notificationCodecs)[K]> };
