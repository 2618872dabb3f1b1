import type { CollabToolCallItem, CommandExecutionItem, ThreadEvent, ThreadItem, Usage } from '@codex-rx/core/events';

export const threadStarted = (
  thread_id = 't1',
  more: Partial<Extract<ThreadEvent, { type: 'thread.started' }>> = {},
): ThreadEvent => ({ type: 'thread.started', thread_id, ...more });

export const turnStarted = (turn_id?: string, thread_id?: string): ThreadEvent => ({
  type: 'turn.started',
  ...context(turn_id, thread_id),
});

export const usageOf = (input_tokens: number): Usage => ({
  input_tokens,
  cached_input_tokens: 0,
  output_tokens: input_tokens,
});

export const turnCompleted = (usage?: Usage, turn_id?: string, thread_id?: string): ThreadEvent => ({
  type: 'turn.completed',
  ...(usage && { usage }),
  ...context(turn_id, thread_id),
});

export const turnFailed = (message = 'no', turn_id?: string, thread_id?: string): ThreadEvent => ({
  type: 'turn.failed',
  error: { message },
  ...context(turn_id, thread_id),
});

export const started = (item: ThreadItem, turn_id?: string, thread_id?: string): ThreadEvent => ({
  type: 'item.started',
  item,
  ...context(turn_id, thread_id),
});

export const updated = (item: ThreadItem, turn_id?: string, thread_id?: string): ThreadEvent => ({
  type: 'item.updated',
  item,
  ...context(turn_id, thread_id),
});

export const completed = (item: ThreadItem, turn_id?: string, thread_id?: string): ThreadEvent => ({
  type: 'item.completed',
  item,
  ...context(turn_id, thread_id),
});

export const textDelta = (item_id: string, text_delta: string, turn_id?: string): ThreadEvent => ({
  type: 'item.delta',
  item_id,
  item_type: 'agent_message',
  delta: { text_delta },
  ...context(turn_id),
});

export const notice = (message = 'Reconnecting... 1/5'): ThreadEvent => ({ type: 'error', message });

export const malformed = (event_type: string, thread_id?: string): ThreadEvent => ({
  type: 'malformed',
  line: `{"type":"${event_type}","usage":"many","error":"no"}`,
  line_number: 1,
  error: 'not as it should be',
  event_type,
  ...context(undefined, thread_id),
});

export const message = (id: string, text = `text of ${id}`) => ({ id, type: 'agent_message', text }) as const;

export const command = (id: string, more: Partial<CommandExecutionItem> = {}): CommandExecutionItem => ({
  id,
  type: 'command_execution',
  command: 'ls',
  aggregated_output: '',
  status: 'in_progress',
  ...more,
});

export const todoList = (id: string, ...done: readonly boolean[]) =>
  ({ id, type: 'todo_list', items: done.map((completed, i) => ({ text: `step ${String(i)}`, completed })) }) as const;

export const patch = (id: string, changes: readonly (readonly [kind: string, path: string])[], status = 'completed') =>
  ({ id, type: 'file_change', changes: changes.map(([kind, path]) => ({ kind, path })), status }) as const;

function context(turn_id?: string, thread_id?: string): { turn_id?: string; thread_id?: string } {
  return { ...(turn_id !== undefined && { turn_id }), ...(thread_id !== undefined && { thread_id }) };
}

/** A call that starts a sub-agent. */
export const spawn = (id: string): CollabToolCallItem => ({
  id,
  type: 'collab_tool_call',
  tool: 'spawn_agent',
  sender_thread_id: 't1',
  receiver_thread_ids: [],
  agents_states: {},
  status: 'in_progress',
});
