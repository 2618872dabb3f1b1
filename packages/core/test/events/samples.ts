import type { ThreadEvent, ThreadItem } from '@codex-rx/core/events';

/** One item of each kind, with every field that it can have. */
export const sampleItems: readonly ThreadItem[] = [
  { id: 'item_0', type: 'agent_message', text: 'Done.', phase: 'final_answer' },
  { id: 'item_1', type: 'reasoning', text: '**Looking** around' },
  {
    id: 'item_2',
    type: 'command_execution',
    command: "/bin/bash -lc 'ls'",
    aggregated_output: 'a.ts\n',
    exit_code: 0,
    status: 'completed',
    cwd: '/home/user/project',
    duration_ms: 12.5,
  },
  {
    id: 'item_3',
    type: 'file_change',
    changes: [
      { path: '/home/user/project/a.ts', kind: 'update', diff: '@@ -1 +1 @@', move_path: '/home/user/project/b.ts' },
      { path: '/home/user/project/c.ts', kind: 'add' },
    ],
    status: 'completed',
  },
  {
    id: 'item_4',
    type: 'mcp_tool_call',
    server: 'demo',
    tool: 'echo',
    arguments: { text: 'hi' },
    result: { content: [{ type: 'text', text: 'hi' }], structured_content: { n: 1 }, _meta: { t: 1 } },
    error: { message: 'late' },
    status: 'completed',
  },
  {
    id: 'item_5',
    type: 'collab_tool_call',
    tool: 'spawn_agent',
    sender_thread_id: 'thread-1',
    receiver_thread_ids: ['thread-2'],
    prompt: 'Count the files',
    agents_states: { 'thread-2': { status: 'running', message: 'counting' } },
    status: 'in_progress',
  },
  {
    id: 'item_6',
    type: 'web_search',
    query: 'rxjs',
    search_id: 'ws_1',
    action: { type: 'find_in_page', query: 'q', queries: ['q', 'r'], url: 'https://rxjs.dev', pattern: 'p' },
  },
  {
    id: 'item_7',
    type: 'todo_list',
    items: [
      { text: 'one', completed: true, status: 'completed' },
      { text: 'two', completed: false },
    ],
  },
  { id: 'item_8', type: 'error', message: 'Model metadata not found' },
  { id: 'item_9', type: 'user_message', text: 'Hello' },
  { id: 'item_10', type: 'plan', text: '1. Look' },
  { id: 'item_11', type: 'context_compaction' },
  { id: 'item_12', type: 'image_view', path: '/tmp/a.png' },
  { id: 'item_13', type: 'unknown', item_type: 'hologram', raw: { id: 'item_13', type: 'hologram', depth: 3 } },
];

const ids = { thread_id: 'thread-1', turn_id: 'turn-1' };

/** One event of each kind and one `item.*` for each item kind, with every field that they can have. */
export const sampleEvents: readonly ThreadEvent[] = [
  {
    type: 'thread.started',
    thread_id: 'thread-1',
    turn_id: 'turn-0',
    resumed: true,
    forked_from: 'thread-0',
    attempt: 2,
  },
  { type: 'turn.started', ...ids },
  {
    type: 'turn.completed',
    ...ids,
    usage: {
      input_tokens: 1,
      cached_input_tokens: 2,
      output_tokens: 3,
      reasoning_output_tokens: 4,
      cache_write_input_tokens: 5,
    },
  },
  {
    type: 'turn.failed',
    ...ids,
    error: { message: 'usage limit', code: 'usage_limit_reached', category: 'usage_limit' },
  },
  ...sampleItems.flatMap((item): ThreadEvent[] => [
    { type: 'item.started', ...ids, item },
    { type: 'item.updated', ...ids, item },
    { type: 'item.completed', ...ids, item },
  ]),
  {
    type: 'item.delta',
    ...ids,
    item_id: 'item_2',
    item_type: 'command_execution',
    delta: { text_delta: 'a', output_delta: 'b' },
  },
  { type: 'item.failed', ...ids, item_id: 'item_2', error: { message: 'killed', code: null } },
  { type: 'error', ...ids, message: 'Reconnecting... 1/5', code: 'x', will_retry: true },
  {
    type: 'usage.updated',
    ...ids,
    total: { input_tokens: 3, cached_input_tokens: 0, output_tokens: 2 },
    last: { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1 },
    context_window: 1000,
  },
  { type: 'turn.diff', ...ids, diff: 'diff --git a/x b/x\n' },
  { type: 'unknown', ...ids, event_type: 'thread.renamed', raw: { type: 'thread.renamed', name: 'n' } },
  {
    type: 'malformed',
    ...ids,
    line: '{"type":"turn.completed","usage":1}',
    line_number: 3,
    error: 'usage: expected usage, found a number',
    event_type: 'turn.completed',
    raw: { type: 'turn.completed', usage: 1 },
  },
];
