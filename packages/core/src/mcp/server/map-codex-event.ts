import type { ThreadEvent, Usage } from '../../events/events.js';
import type { ThreadItem } from '../../events/items.js';
import { type Fields, isObject } from '../../events/schema/fields.js';
import { categorize } from '../../outcome/categorize.js';
import { mapRecordedItem } from '../../rollouts/mapping/recorded-items.js';
import type { RecordedItem } from '../../rollouts/records.js';

/** The state of the mapping of a call. Immutable. */
export interface CodexEventState {
  readonly threadId: string | undefined;
  readonly turnId: string | undefined;
  /** The CLI reports items (≥ 0.98): its older events of messages repeat them. */
  readonly hasItems: boolean;
  /** The types of the items that have started. */
  readonly open: ReadonlyMap<string, string>;
  readonly done: ReadonlySet<string>;
  readonly todos: Extract<ThreadItem, { type: 'todo_list' }> | undefined;
  readonly diff: string | undefined;
  readonly usage: Usage | undefined;
  /** The error that the end of the turn will report. */
  readonly error: { readonly message: string; readonly code?: string } | undefined;
  /** The number of items that have no ids. */
  readonly unnamed: number;
}

export const initialCodexEventState: CodexEventState = {
  threadId: undefined,
  turnId: undefined,
  hasItems: false,
  open: new Map(),
  done: new Set(),
  todos: undefined,
  diff: undefined,
  usage: undefined,
  error: undefined,
  unnamed: 0,
};

type Mapped = readonly [CodexEventState, readonly ThreadEvent[]];
type Mapper = (state: CodexEventState, message: Fields) => Mapped;

const MAPPERS: Readonly<Record<string, Mapper>> = {
  session_configured: (state, { session_id, thread_id }) => {
    const id = textOf(thread_id) ?? textOf(session_id);
    if (id === undefined || state.threadId === id) return [state, []];
    return [{ ...state, threadId: id }, [{ type: 'thread.started', thread_id: id }]];
  },
  task_started: (state, { turn_id }) => {
    const next: CodexEventState = { ...initialCodexEventState, threadId: state.threadId, turnId: textOf(turn_id) };
    return [next, [event(next, { type: 'turn.started' })]];
  },
  task_complete: (state) => endTurn(state),
  turn_aborted: (state) => endTurn({ ...state, error: { message: 'The turn was interrupted.', code: 'interrupted' } }),
  error: (state, { message, codex_error_info }) => {
    const code = typeof codex_error_info === 'string' ? codex_error_info : Object.keys(codex_error_info ?? {})[0];
    const error = { message: textOf(message) ?? 'The turn failed.', ...(code === undefined ? {} : { code }) };
    return [{ ...state, error }, [event(state, { type: 'error', ...error, will_retry: false })]];
  },
  stream_error: (state, { message }) => [
    state,
    [event(state, { type: 'error', message: textOf(message) ?? '', will_retry: true })],
  ],
  warning: (state, { message }) =>
    completed(
      { ...state, unnamed: state.unnamed + 1 },
      {
        type: 'error',
        id: `warning-${String(state.unnamed)}`,
        message: textOf(message) ?? '',
      },
    ),
  token_count: (state, { info }) => {
    const { total_token_usage, last_token_usage, model_context_window: window } = fieldsOf(info);
    if (!isObject(total_token_usage) || !isObject(last_token_usage)) return [state, []];
    const usage = usageOf(total_token_usage);
    const size = typeof window === 'number' ? { context_window: window } : {};
    const updated = { type: 'usage.updated' as const, total: usage, last: usageOf(last_token_usage), ...size };
    return [{ ...state, usage }, [event(state, updated)]];
  },
  turn_diff: (state, { unified_diff }) => {
    const diff = textOf(unified_diff);
    if (diff === undefined || diff === state.diff) return [state, []];
    return [{ ...state, diff }, [event(state, { type: 'turn.diff', diff })]];
  },
  plan_update: (state, { plan }) => {
    const items = (Array.isArray(plan) ? plan : []).map((entry: unknown) => {
      const { step, status } = fieldsOf(entry);
      return { text: textOf(step) ?? '', completed: status === 'completed', status: textOf(status) ?? 'pending' };
    });
    const todos = { type: 'todo_list' as const, id: `${state.turnId ?? ''}-todos`, items };
    const type = state.todos === undefined ? 'item.started' : 'item.updated';
    return [{ ...state, todos }, [event(state, { type, item: todos })]];
  },
  item_started: (state, { item }) => begin({ ...state, hasItems: true }, { status: 'in_progress', ...fieldsOf(item) }),
  item_completed: (state, { item }) => end({ ...state, hasItems: true }, fieldsOf(item)),
  exec_command_begin: (state, message) => begin(state, command(message, 'in_progress')),
  exec_command_end: (state, message) =>
    end(state, command(message, textOf(message.status) ?? (message.exit_code === 0 ? 'completed' : 'failed'))),
  patch_apply_begin: (state, message) => begin(state, patch(message, 'in_progress')),
  patch_apply_end: (state, message) =>
    end(state, patch(message, textOf(message.status) ?? (message.success === true ? 'completed' : 'failed'))),
  mcp_tool_call_begin: (state, message) => begin(state, mcpCall(message)),
  mcp_tool_call_end: (state, message) => end(state, mcpCall(message)),
  web_search_begin: (state, { call_id }) =>
    begin(state, { type: 'WebSearch', id: call_id, query: '', action: { type: 'other' } }),
  web_search_end: (state, { call_id, query, action }) => end(state, { type: 'WebSearch', id: call_id, query, action }),
  agent_message: (state, { message }) => said(state, 'agent_message', message),
  agent_reasoning: (state, { text }) => said(state, 'reasoning', text),
  user_message: (state, { message }) => said(state, 'user_message', message),
  agent_message_content_delta: (state, message) => textDelta(state, message, 'agent_message'),
  reasoning_content_delta: (state, message) => textDelta(state, message, 'reasoning'),
  plan_delta: (state, message) => textDelta(state, message, 'plan'),
  exec_command_output_delta: (state, { call_id, chunk }) => {
    const id = textOf(call_id);
    if (id === undefined || typeof chunk !== 'string' || state.open.get(id) !== 'command_execution') return [state, []];
    // A patch also writes.
    const delta = { output_delta: Buffer.from(chunk, 'base64').toString('utf8') };
    return [state, [event(state, { type: 'item.delta', item_id: id, item_type: 'command_execution', delta })]];
  },
};

/**
 * Maps the `msg` of a `codex/event` notification to events. Pure. Messages without a counterpart in `ThreadEvent`
 * return no events.
 */
export function mapCodexEvent(state: CodexEventState, message: Fields): Mapped {
  const { type } = message;
  return typeof type === 'string' && Object.hasOwn(MAPPERS, type)
    ? (MAPPERS[type]?.(state, message) ?? [state, []])
    : [state, []];
}

/** Ends the turn of a call whose result says that it failed, unless an event has ended it. */
export function failTurn(state: CodexEventState, message: string): Mapped {
  return state.turnId === undefined ? [state, []] : endTurn({ ...state, error: state.error ?? { message } });
}

function endTurn(state: CodexEventState): Mapped {
  const { error, usage, todos } = state;
  const next = { ...state, turnId: undefined };
  const rest = todos === undefined ? [] : [event(state, { type: 'item.completed', item: todos })];
  if (error === undefined)
    return [next, [...rest, event(state, { type: 'turn.completed', ...(usage === undefined ? {} : { usage }) })]];
  const category = categorize({ message: error.message, notice: undefined, stderr: '', exitCode: null });
  return [next, [...rest, event(state, { type: 'turn.failed', error: { ...error, category } })]];
}

function event<E extends ThreadEvent>({ threadId, turnId }: CodexEventState, fields: E): E {
  return {
    ...fields,
    ...(threadId === undefined ? {} : { thread_id: threadId }),
    ...(turnId === undefined ? {} : { turn_id: turnId }),
  };
}

function begin(state: CodexEventState, fields: Fields): Mapped {
  const id = textOf(fields.id);
  if (id === undefined || state.open.has(id)) return [state, []];
  const item = itemOf(fields, id);
  if (item === undefined) return [state, []];
  return [{ ...state, open: new Map(state.open).set(id, item.type) }, [event(state, { type: 'item.started', item })]];
}

function end(state: CodexEventState, fields: Fields): Mapped {
  const id = textOf(fields.id);
  if (id === undefined || state.done.has(id)) return [state, []];
  const item = itemOf(fields, id);
  return item === undefined ? [state, []] : completed({ ...state, done: new Set(state.done).add(id) }, item);
}

function completed(state: CodexEventState, item: ThreadItem): Mapped {
  return [state, [event(state, { type: 'item.completed', item })]];
}

function itemOf(fields: Fields, id: string): ThreadItem | undefined {
  const recorded = { ...fields, type: textOf(fields.type) ?? '', id } as RecordedItem;
  return mapRecordedItem(recorded)?.item;
}

function said(state: CodexEventState, type: 'agent_message' | 'reasoning' | 'user_message', text: unknown): Mapped {
  if (state.hasItems || typeof text !== 'string') return [state, []];
  return completed({ ...state, unnamed: state.unnamed + 1 }, { type, id: `item_${String(state.unnamed)}`, text });
}

function textDelta(state: CodexEventState, { item_id, delta }: Fields, item_type: string): Mapped {
  if (typeof item_id !== 'string' || typeof delta !== 'string') return [state, []];
  return [state, [event(state, { type: 'item.delta', item_id, item_type, delta: { text_delta: delta } })]];
}

function command({ call_id, ...fields }: Fields, status: string): Fields {
  return { ...fields, type: 'CommandExecution', id: call_id, status };
}

function patch({ call_id, changes }: Fields, status: string): Fields {
  return { type: 'FileChange', id: call_id, changes, status };
}

function mcpCall({ call_id, invocation, result }: Fields): Fields {
  const { Ok: ok, Err: problem } = fieldsOf(result);
  const isFailed = problem !== undefined || fieldsOf(ok).isError === true;
  const error = problem === undefined ? null : { message: textOf(problem) ?? JSON.stringify(problem) };
  const status = result === undefined ? 'in_progress' : isFailed ? 'failed' : 'completed';
  return { ...fieldsOf(invocation), type: 'McpToolCall', id: call_id, result: ok, error, status };
}

function usageOf(tokens: Fields): Usage {
  const count = (name: string): number => (typeof tokens[name] === 'number' ? tokens[name] : 0);
  return {
    input_tokens: count('input_tokens'),
    cached_input_tokens: count('cached_input_tokens'),
    output_tokens: count('output_tokens'),
    reasoning_output_tokens: count('reasoning_output_tokens'),
    ...(typeof tokens.cache_write_input_tokens === 'number'
      ? { cache_write_input_tokens: tokens.cache_write_input_tokens }
      : {}),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}
