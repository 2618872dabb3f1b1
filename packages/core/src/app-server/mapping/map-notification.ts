import type { ThreadEvent, Usage } from '../../events/events.js';
import { type MappedMethod, notificationCodecs, type WireParams, type WireTokens } from './codecs.js';
import { mapItem, SUMMARY_SEPARATOR } from './map-item.js';
import { errorCode, mapTurnError } from './map-turn-error.js';
import { initialMappingState, type MappingState, withId, withoutId } from './mapping-state.js';
import { snakeCase } from './snake-case.js';

/** The next state, the events, and why the notification could not be read. */
export type Mapped = readonly [state: MappingState, events: readonly ThreadEvent[], problem?: string | undefined];

/** A notification of the server. */
export interface WireNotification {
  /** The method of the notification. */
  readonly method: string;
  /** The parameters, not validated. */
  readonly params: unknown;
}

/** The code of a turn that the client interrupted. */
const INTERRUPTED = 'interrupted';

const ITEM_TYPES = {
  'item/agentMessage/delta': 'agent_message',
  'item/plan/delta': 'plan',
  'item/reasoning/summaryTextDelta': 'reasoning',
} as const;

type Mappers = { readonly [K in MappedMethod]: (state: MappingState, params: WireParams[K]) => Mapped };

const mappers: Mappers = {
  'thread/started': (state, { thread: { id, forkedFromId } }) => [
    state,
    [{ type: 'thread.started', thread_id: id, ...(forkedFromId == null ? {} : { forked_from: forkedFromId }) }],
  ],
  // A review starts with its first item. Its `turn/started` has another id than everything else.
  'turn/started': (state, { threadId, turn }) => (state.isReview ? [state, []] : startTurn(state, threadId, turn.id)),
  'turn/completed': endTurn,
  'item/started': (state, { threadId, turnId, item: wire }) => {
    if (wire.type === 'enteredReviewMode') return startReview(state, threadId, turnId);
    if (wire.type === 'exitedReviewMode' || (state.isReview && wire.type === 'agentMessage')) return [state, []];
    const { item, problem } = mapItem(wire);
    if (item.id !== undefined && state.open.has(item.id)) return [state, [], problem];
    const open = item.id === undefined ? state.open : withId(state.open, item.id);
    return [{ ...state, open }, [{ type: 'item.started', ...ids(threadId, turnId), item }], problem];
  },
  'item/completed': (state, { threadId, turnId, item: wire }) => {
    // A message follows with the text of the review.
    if (wire.type === 'enteredReviewMode' || wire.type === 'exitedReviewMode') return [state, []];
    const { item, problem } = mapItem(wire);
    const { id } = item;
    if (id !== undefined && state.declined.has(id)) return [state, []];
    const isDeclined = 'status' in item && item.status === 'declined';
    const next = {
      ...state,
      open: id === undefined ? state.open : withoutId(state.open, id),
      declined: id !== undefined && isDeclined ? withId(state.declined, id) : state.declined,
    };
    return [next, [{ type: 'item.completed', ...ids(threadId, turnId), item }], problem];
  },
  'item/agentMessage/delta': textDelta('item/agentMessage/delta'),
  'item/plan/delta': textDelta('item/plan/delta'),
  'item/reasoning/summaryTextDelta': textDelta('item/reasoning/summaryTextDelta'),
  'item/reasoning/summaryPartAdded': (state, { threadId, turnId, itemId, summaryIndex }) =>
    summaryIndex === 0
      ? [state, []]
      : textDelta('item/reasoning/summaryTextDelta')(state, { threadId, turnId, itemId, delta: SUMMARY_SEPARATOR }),
  'item/commandExecution/outputDelta': (state, { threadId, turnId, itemId, delta }) => [
    state,
    [
      {
        type: 'item.delta',
        ...ids(threadId, turnId),
        item_id: itemId,
        item_type: 'command_execution',
        delta: { output_delta: delta },
      },
    ],
  ],
  'turn/plan/updated': (state, { threadId, turnId, plan }) => {
    const todos = {
      type: 'todo_list' as const,
      id: `${turnId}-todos`,
      items: plan.map(({ step, status }) => ({
        text: step,
        completed: status === 'completed',
        status: snakeCase(status),
      })),
    };
    const type = state.todos === undefined ? 'item.started' : 'item.updated';
    return [{ ...state, todos }, [{ type, ...ids(threadId, turnId), item: todos }]];
  },
  // The server repeats the diff.
  'turn/diff/updated': (state, { threadId, turnId, diff }) =>
    state.diff === diff ? [state, []] : [{ ...state, diff }, [{ type: 'turn.diff', ...ids(threadId, turnId), diff }]],
  'thread/tokenUsage/updated': (state, { threadId, turnId, tokenUsage }) => {
    const total = mapTokens(tokenUsage.total);
    // A resume repeats the usage of an earlier turn.
    if (turnId !== state.turnId) return [{ ...state, total }, []];
    const last = mapTokens(tokenUsage.last);
    const window = tokenUsage.modelContextWindow;
    const size = window === undefined ? {} : { context_window: window };
    return [
      { ...state, total, hasUsage: true },
      [{ type: 'usage.updated', ...ids(threadId, turnId), total, last, ...size }],
    ];
  },
  'serverRequest/resolved': (state, { threadId, requestId }) => {
    const question = state.questions.get(requestId);
    if (question === undefined) return [state, []];
    const questions = new Map(state.questions);
    questions.delete(requestId);
    const item = { ...question.item, status: 'completed' };
    return [{ ...state, questions }, [{ type: 'item.completed', ...ids(threadId, question.turnId), item }]];
  },
  error: (state, { threadId, turnId, error, willRetry }) => {
    const code = errorCode(error.codexErrorInfo);
    const named = code === undefined ? {} : { code };
    return [
      state,
      [{ type: 'error', ...ids(threadId, turnId), message: error.message, ...named, will_retry: willRetry }],
    ];
  },
  warning: (state, { threadId, message }) => {
    const item = { type: 'error' as const, id: `warning-${state.warnings}`, message };
    const context = {
      ...(threadId == null ? {} : { thread_id: threadId }),
      ...(state.turnId === undefined ? {} : { turn_id: state.turnId }),
    };
    return [{ ...state, warnings: state.warnings + 1 }, [{ type: 'item.completed', ...context, item }]];
  },
};

/**
 * Maps a notification of one thread to events. Pure. Notifications without a counterpart in `ThreadEvent` return no
 * events; so do those that cannot be read, with the reason.
 */
export function mapNotification(state: MappingState, { method, params }: WireNotification): Mapped {
  if (!Object.hasOwn(notificationCodecs, method)) return [state, []];
  const known = method as MappedMethod;
  if (notificationCodecs[known].is(params)) return (mappers[known] as (...args: unknown[]) => Mapped)(state, params);
  const problem = `${method} has an unexpected shape`;
  // A turn whose end cannot be read has ended nevertheless.
  return known === 'turn/completed' ? [...endUnreadableTurn(state, params), problem] : [state, [], problem];
}

function startTurn(state: MappingState, threadId: string, turnId: string): Mapped {
  const next = {
    ...state,
    turnId,
    isReview: false,
    open: new Set<string>(),
    declined: new Set<string>(),
    questions: initialMappingState.questions,
    unannounced: initialMappingState.unannounced,
    todos: undefined,
    diff: undefined,
    hasUsage: false,
  };
  return [next, [{ type: 'turn.started', ...ids(threadId, turnId) }]];
}

function startReview(state: MappingState, threadId: string, turnId: string): Mapped {
  if (state.turnId === turnId) return [{ ...state, isReview: true }, []];
  const [next, events] = startTurn(state, threadId, turnId);
  return [{ ...next, isReview: true }, events];
}

function endTurn(state: MappingState, { threadId, turn }: WireParams['turn/completed']): Mapped {
  const context = ids(threadId, turn.id);
  const todos: readonly ThreadEvent[] =
    state.todos === undefined ? [] : [{ type: 'item.completed', ...context, item: state.todos }];
  const next = {
    ...state,
    turnId: undefined,
    isReview: false,
    open: new Set<string>(),
    unannounced: initialMappingState.unannounced,
    todos: undefined,
    diff: undefined,
  };
  const usage = state.hasUsage && state.total !== undefined ? { usage: state.total } : {};
  if (turn.status === 'completed') return [next, [...todos, { type: 'turn.completed', ...context, ...usage }]];
  const error =
    turn.status === 'interrupted'
      ? { message: 'The turn was interrupted.', code: INTERRUPTED }
      : mapTurnError(turn.error ?? { message: `The turn ended with the status ${turn.status}.` });
  return [next, [...todos, { type: 'turn.failed', ...context, error }]];
}

function endUnreadableTurn(state: MappingState, params: unknown): readonly [MappingState, readonly ThreadEvent[]] {
  const { threadId, turn } = (params ?? {}) as {
    readonly threadId?: unknown;
    readonly turn?: { readonly id?: unknown };
  };
  const id = typeof turn?.id === 'string' ? turn.id : state.turnId;
  const context = {
    ...(typeof threadId === 'string' ? { thread_id: threadId } : {}),
    ...(id === undefined ? {} : { turn_id: id }),
  };
  const error = { message: 'The end of the turn could not be read.', code: 'malformed' };
  return [
    { ...state, turnId: undefined, isReview: false, todos: undefined },
    [{ type: 'turn.failed', ...context, error }],
  ];
}

function textDelta(method: keyof typeof ITEM_TYPES) {
  return (state: MappingState, { threadId, turnId, itemId, delta }: WireParams[typeof method]): Mapped => {
    if (state.isReview && method === 'item/agentMessage/delta') return [state, []];
    const item_type = ITEM_TYPES[method];
    return [
      state,
      [{ type: 'item.delta', ...ids(threadId, turnId), item_id: itemId, item_type, delta: { text_delta: delta } }],
    ];
  };
}

const ids = (thread_id: string, turn_id: string) => ({ thread_id, turn_id });

function mapTokens(tokens: WireTokens): Usage {
  const { inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens, cacheWriteInputTokens } = tokens;
  return {
    input_tokens: inputTokens,
    cached_input_tokens: cachedInputTokens,
    output_tokens: outputTokens,
    ...(reasoningOutputTokens === undefined ? {} : { reasoning_output_tokens: reasoningOutputTokens }),
    ...(cacheWriteInputTokens === undefined ? {} : { cache_write_input_tokens: cacheWriteInputTokens }),
  };
}
