import type { ThreadItem } from '../items.js';
import { isCommonItem, isCommonSearch } from './common.js';
import {
  boolean,
  dictionary,
  finite,
  integer,
  list,
  literal,
  nullable,
  openString,
  string,
  unknown,
} from './schema.js';
import { shape, tagged } from './shape.js';

const id = string;

const fileUpdateChange = shape(
  'FileUpdateChange',
  { path: string, kind: openString('add', 'delete', 'update') },
  { diff: string, move_path: nullable(string) },
);

const mcpToolCallResult = shape(
  'McpToolCallResult',
  { content: list(unknown) },
  { structured_content: unknown, _meta: unknown },
);

const mcpToolCallError = shape('McpToolCallError', { message: string }, {});

const collabAgentState = shape(
  'CollabAgentState',
  { status: openString('pending_init', 'running', 'interrupted', 'completed', 'errored', 'shutdown', 'not_found') },
  { message: nullable(string) },
);

const webSearchAction = shape(
  'WebSearchAction',
  { type: openString('search', 'open_page', 'find_in_page', 'other') },
  {
    query: nullable(string),
    queries: nullable(list(string)),
    url: nullable(string),
    pattern: nullable(string),
  },
);

const todoItem = shape('TodoItem', { text: string, completed: boolean }, { status: string });

/** The schema of each item type. */
export const itemSchemas = {
  agent_message: shape(
    'AgentMessageItem',
    { id, type: literal('agent_message'), text: string },
    { phase: nullable(string) },
  ),
  reasoning: shape('ReasoningItem', { id, type: literal('reasoning'), text: string }, {}),
  command_execution: shape(
    'CommandExecutionItem',
    {
      id,
      type: literal('command_execution'),
      command: string,
      aggregated_output: string,
      status: openString('in_progress', 'completed', 'failed', 'declined'),
    },
    { exit_code: nullable(integer), cwd: string, duration_ms: nullable(finite) },
  ),
  file_change: shape(
    'FileChangeItem',
    {
      id,
      type: literal('file_change'),
      changes: list(fileUpdateChange),
      status: openString('in_progress', 'completed', 'failed', 'declined'),
    },
    {},
  ),
  mcp_tool_call: shape(
    'McpToolCallItem',
    {
      id,
      type: literal('mcp_tool_call'),
      server: string,
      tool: string,
      status: openString('in_progress', 'completed', 'failed'),
    },
    { arguments: unknown, result: nullable(mcpToolCallResult), error: nullable(mcpToolCallError) },
  ),
  collab_tool_call: shape(
    'CollabToolCallItem',
    {
      id,
      type: literal('collab_tool_call'),
      tool: openString('spawn_agent', 'send_input', 'wait', 'close_agent', 'resume_agent'),
      sender_thread_id: string,
      receiver_thread_ids: list(string),
      agents_states: dictionary(collabAgentState),
      status: openString('in_progress', 'completed', 'failed'),
    },
    { prompt: nullable(string) },
  ),
  web_search: shape(
    'WebSearchItem',
    { id, type: literal('web_search'), query: string },
    { search_id: string, action: nullable(webSearchAction) },
  ),
  todo_list: shape('TodoListItem', { id, type: literal('todo_list'), items: list(todoItem) }, {}),
  error: shape('ErrorItem', { id, type: literal('error'), message: string }, {}),
  user_message: shape('UserMessageItem', { id, type: literal('user_message'), text: string }, {}),
  plan: shape('PlanItem', { id, type: literal('plan'), text: string }, {}),
  context_compaction: shape('ContextCompactionItem', { id, type: literal('context_compaction') }, {}),
  image_view: shape('ImageViewItem', { id, type: literal('image_view'), path: string }, {}),
  unknown: shape('UnknownItem', { type: literal('unknown'), item_type: string, raw: unknown }, { id }),
};

/** Any item. The schema of its `type` decides. */
export const threadItemSchema = tagged<ThreadItem>(
  'ThreadItem',
  'type',
  itemSchemas,
  (u) => isCommonItem(u) || isCommonSearch(u),
);
