import type {
  ErrorEvent,
  EventContext,
  ItemCompletedEvent,
  ItemDelta,
  ItemDeltaEvent,
  ItemFailedEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
  MalformedEvent,
  ThreadEvent,
  ThreadItem,
  ThreadStartedEvent,
  TurnCompletedEvent,
  TurnDiffEvent,
  TurnError,
  TurnFailedEvent,
  TurnStartedEvent,
  UnknownEvent,
  Usage,
  UsageUpdatedEvent,
} from '@codex-rx/core/events';

const DEFAULT_THREAD = 'thread-1';
const NO_USAGE: Usage = { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 };

function threadStarted(
  thread_id = DEFAULT_THREAD,
  fields: Omit<ThreadStartedEvent, 'type' | 'thread_id'> = {},
): ThreadStartedEvent {
  return { type: 'thread.started', thread_id, ...fields };
}

function turnStarted(context: EventContext = {}): TurnStartedEvent {
  return { type: 'turn.started', ...context };
}

/** Missing counts of the usage are 0. */
function turnCompleted(usage: Partial<Usage> = {}, context: EventContext = {}): TurnCompletedEvent {
  return { type: 'turn.completed', usage: { ...NO_USAGE, ...usage }, ...context };
}

function turnFailed(problem: string | TurnError, context: EventContext = {}): TurnFailedEvent {
  return { type: 'turn.failed', error: turnError(problem), ...context };
}

const turnError = (problem: string | TurnError): TurnError =>
  typeof problem === 'string' ? { message: problem } : problem;

function itemStarted(item: ThreadItem, context: EventContext = {}): ItemStartedEvent {
  return { type: 'item.started', item, ...context };
}

function itemUpdated(item: ThreadItem, context: EventContext = {}): ItemUpdatedEvent {
  return { type: 'item.updated', item, ...context };
}

function itemCompleted(item: ThreadItem, context: EventContext = {}): ItemCompletedEvent {
  return { type: 'item.completed', item, ...context };
}

/** A delta of the item. A string is a text delta for messages, reasoning and plans, else an output delta. */
function itemDelta(
  item: { readonly id: string; readonly type: ItemDeltaEvent['item_type'] },
  delta: string | ItemDelta,
  context: EventContext = {},
): ItemDeltaEvent {
  const fields =
    typeof delta !== 'string' ? delta : isText(item.type) ? { text_delta: delta } : { output_delta: delta };
  return { type: 'item.delta', item_id: item.id, item_type: item.type, delta: fields, ...context };
}

const isText = (type: string): boolean => ['agent_message', 'reasoning', 'plan', 'user_message'].includes(type);

function itemFailed(
  item: { readonly id: string },
  problem: string | TurnError,
  context: EventContext = {},
): ItemFailedEvent {
  return { type: 'item.failed', item_id: item.id, error: turnError(problem), ...context };
}

/** A notice: an `error` event that does not end the run. */
function error(message: string, fields: Omit<ErrorEvent, 'type' | 'message'> = {}): ErrorEvent {
  return { type: 'error', message, ...fields };
}

/** Missing counts are 0; `last` is the total, as after the first answer. */
function usageUpdated(
  total: Partial<Usage> = {},
  last: Partial<Usage> = total,
  context: EventContext = {},
): UsageUpdatedEvent {
  return { type: 'usage.updated', total: { ...NO_USAGE, ...total }, last: { ...NO_USAGE, ...last }, ...context };
}

function turnDiff(diff: string, context: EventContext = {}): TurnDiffEvent {
  return { type: 'turn.diff', diff, ...context };
}

function unknown(
  event_type: string,
  fields: Readonly<Record<string, unknown>> = {},
  context: EventContext = {},
): UnknownEvent {
  return { type: 'unknown', event_type, raw: { ...fields, type: event_type }, ...context };
}

function malformed(line: string, fields: Partial<Omit<MalformedEvent, 'type' | 'line'>> = {}): MalformedEvent {
  return { type: 'malformed', line, line_number: 1, error: 'not JSON', ...fields };
}

/**
 * A successful run: the thread and the turn start, each item completes, the turn completes. The items receive the ids
 * `item_0`, `item_1`, ….
 */
function run(...items: readonly ThreadItem[]): ThreadEvent[] {
  return [
    threadStarted(),
    turnStarted(),
    ...items.map((item, index) => itemCompleted({ ...item, id: `item_${String(index)}` })),
    turnCompleted(),
  ];
}

/**
 * Builders of events, one per kind, and `run` for a whole run. Missing fields default to those of a successful run of
 * the thread `thread-1`.
 *
 * @example
 * ```ts
 * import { events, items } from '@codex-rx/testing';
 *
 * const [, , message] = events.run(items.agentMessage('Hello.'));
 * console.log(message?.type, events.turnFailed('quota').error.message); // item.completed quota
 * ```
 */
export const events = {
  threadStarted,
  turnStarted,
  turnCompleted,
  turnFailed,
  itemStarted,
  itemUpdated,
  itemCompleted,
  itemDelta,
  itemFailed,
  error,
  usageUpdated,
  turnDiff,
  unknown,
  malformed,
  run,
} as const;
