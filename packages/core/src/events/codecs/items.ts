import * as t from 'io-ts';
import type { ThreadItem } from '../items.js';
import { isCommonItem, isCommonSearch } from './common.js';
import { finite, integer, nullable, open, shape, TaggedType } from './shape.js';

const id = t.string;

const fileUpdateChange = shape(
  'FileUpdateChange',
  { path: t.string, kind: open('add', 'delete', 'update') },
  { diff: t.string, move_path: nullable(t.string) },
);

const mcpToolCallResult = shape(
  'McpToolCallResult',
  { content: t.readonlyArray(t.unknown) },
  { structured_content: t.unknown, _meta: t.unknown },
);

const mcpToolCallError = shape('McpToolCallError', { message: t.string }, {});

const collabAgentState = shape(
  'CollabAgentState',
  { status: open('pending_init', 'running', 'interrupted', 'completed', 'errored', 'shutdown', 'not_found') },
  { message: nullable(t.string) },
);

const webSearchAction = shape(
  'WebSearchAction',
  { type: open('search', 'open_page', 'find_in_page', 'other') },
  {
    query: nullable(t.string),
    queries: nullable(t.readonlyArray(t.string)),
    url: nullable(t.string),
    pattern: nullable(t.string),
  },
);

const todoItem = shape('TodoItem', { text: t.string, completed: t.boolean }, { status: t.string });

/** The codec of each item kind, by `type`. */
export const itemCodecs = {
  agent_message: shape(
    'AgentMessageItem',
    { id, type: t.literal('agent_message'), text: t.string },
    { phase: nullable(t.string) },
  ),
  reasoning: shape('ReasoningItem', { id, type: t.literal('reasoning'), text: t.string }, {}),
  command_execution: shape(
    'CommandExecutionItem',
    {
      id,
      type: t.literal('command_execution'),
      command: t.string,
      aggregated_output: t.string,
      status: open('in_progress', 'completed', 'failed', 'declined'),
    },
    { exit_code: nullable(integer), cwd: t.string, duration_ms: nullable(finite) },
  ),
  file_change: shape(
    'FileChangeItem',
    {
      id,
      type: t.literal('file_change'),
      changes: t.readonlyArray(fileUpdateChange),
      status: open('in_progress', 'completed', 'failed', 'declined'),
    },
    {},
  ),
  mcp_tool_call: shape(
    'McpToolCallItem',
    {
      id,
      type: t.literal('mcp_tool_call'),
      server: t.string,
      tool: t.string,
      status: open('in_progress', 'completed', 'failed'),
    },
    { arguments: t.unknown, result: nullable(mcpToolCallResult), error: nullable(mcpToolCallError) },
  ),
  collab_tool_call: shape(
    'CollabToolCallItem',
    {
      id,
      type: t.literal('collab_tool_call'),
      tool: open('spawn_agent', 'send_input', 'wait', 'close_agent', 'resume_agent'),
      sender_thread_id: t.string,
      receiver_thread_ids: t.readonlyArray(t.string),
      agents_states: t.readonly(t.record(t.string, collabAgentState)),
      status: open('in_progress', 'completed', 'failed'),
    },
    { prompt: nullable(t.string) },
  ),
  web_search: shape(
    'WebSearchItem',
    { id, type: t.literal('web_search'), query: t.string },
    { search_id: t.string, action: nullable(webSearchAction) },
  ),
  todo_list: shape('TodoListItem', { id, type: t.literal('todo_list'), items: t.readonlyArray(todoItem) }, {}),
  error: shape('ErrorItem', { id, type: t.literal('error'), message: t.string }, {}),
  user_message: shape('UserMessageItem', { id, type: t.literal('user_message'), text: t.string }, {}),
  plan: shape('PlanItem', { id, type: t.literal('plan'), text: t.string }, {}),
  context_compaction: shape('ContextCompactionItem', { id, type: t.literal('context_compaction') }, {}),
  image_view: shape('ImageViewItem', { id, type: t.literal('image_view'), path: t.string }, {}),
  unknown: shape('UnknownItem', { type: t.literal('unknown'), item_type: t.string, raw: t.unknown }, { id }),
};

/** Any item; accepts by its `type` alone which codec decides. */
export const threadItemCodec: t.Type<ThreadItem> = new TaggedType(
  'ThreadItem',
  'type',
  itemCodecs,
  (u) => isCommonItem(u) || isCommonSearch(u),
);
