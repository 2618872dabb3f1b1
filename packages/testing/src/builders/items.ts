import type {
  AgentMessageItem,
  CollabToolCallItem,
  CommandExecutionItem,
  ContextCompactionItem,
  ErrorItem,
  FileChangeItem,
  FileUpdateChange,
  ImageViewItem,
  McpToolCallItem,
  PatchChangeKind,
  PlanItem,
  ReasoningItem,
  TodoListItem,
  UnknownItem,
  UserMessageItem,
  WebSearchItem,
} from '@codex-rx/core/events';

/** Fields that override the defaults of a builder. */
export type ItemFields<Item> = Partial<Omit<Item, 'type'>>;

const DEFAULT_ID = 'item_0';

function agentMessage(text: string, fields: ItemFields<AgentMessageItem> = {}): AgentMessageItem {
  return { id: DEFAULT_ID, type: 'agent_message', text, ...fields };
}

function reasoning(text: string, fields: ItemFields<ReasoningItem> = {}): ReasoningItem {
  return { id: DEFAULT_ID, type: 'reasoning', text, ...fields };
}

/** A successful command by default. `status: 'in_progress'` implies no exit code. */
function commandExecution(command: string, fields: ItemFields<CommandExecutionItem> = {}): CommandExecutionItem {
  const { status = (fields.exit_code ?? 0) === 0 ? 'completed' : 'failed' } = fields;
  const exit_code = status === 'completed' ? 0 : status === 'failed' ? 1 : null;
  return { id: DEFAULT_ID, type: 'command_execution', command, aggregated_output: '', exit_code, status, ...fields };
}

/** Accepts changes as a list or as `{ path: kind }`. */
function fileChange(
  changes: readonly FileUpdateChange[] | Readonly<Record<string, PatchChangeKind>>,
  fields: ItemFields<FileChangeItem> = {},
): FileChangeItem {
  const list = isList(changes) ? changes : Object.entries(changes).map(([path, kind]) => ({ path, kind }));
  const sorted = [...list].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { id: DEFAULT_ID, type: 'file_change', changes: sorted, status: 'completed', ...fields };
}

const isList = (
  changes: readonly FileUpdateChange[] | Readonly<Record<string, PatchChangeKind>>,
): changes is readonly FileUpdateChange[] => Array.isArray(changes);

/** A call with an empty result by default. An `error` implies the status `failed`. */
function mcpToolCall(server: string, tool: string, fields: ItemFields<McpToolCallItem> = {}): McpToolCallItem {
  const { error = null, status = error === null ? 'completed' : 'failed' } = fields;
  const result = status === 'completed' ? { content: [], structured_content: null } : null;
  return { id: DEFAULT_ID, type: 'mcp_tool_call', server, tool, arguments: {}, result, error, status, ...fields };
}

/** A call to a sub-agent tool by `thread-1`, by default without receivers. */
function collabToolCall(
  tool: CollabToolCallItem['tool'],
  fields: ItemFields<CollabToolCallItem> = {},
): CollabToolCallItem {
  return {
    id: DEFAULT_ID,
    type: 'collab_tool_call',
    tool,
    sender_thread_id: 'thread-1',
    receiver_thread_ids: [],
    prompt: null,
    agents_states: {},
    status: 'completed',
    ...fields,
  };
}

function webSearch(query: string, fields: ItemFields<WebSearchItem> = {}): WebSearchItem {
  return { id: DEFAULT_ID, type: 'web_search', query, action: { type: 'search', query }, ...fields };
}

/** Accepts entries, or the texts of open entries. */
function todoList(
  entries: readonly (string | TodoListItem['items'][number])[],
  fields: ItemFields<TodoListItem> = {},
): TodoListItem {
  const list = entries.map((entry) => (typeof entry === 'string' ? { text: entry, completed: false } : entry));
  return { id: DEFAULT_ID, type: 'todo_list', items: list, ...fields };
}

function error(message: string, fields: ItemFields<ErrorItem> = {}): ErrorItem {
  return { id: DEFAULT_ID, type: 'error', message, ...fields };
}

function userMessage(text: string, fields: ItemFields<UserMessageItem> = {}): UserMessageItem {
  return { id: DEFAULT_ID, type: 'user_message', text, ...fields };
}

function plan(text: string, fields: ItemFields<PlanItem> = {}): PlanItem {
  return { id: DEFAULT_ID, type: 'plan', text, ...fields };
}

function contextCompaction(fields: ItemFields<ContextCompactionItem> = {}): ContextCompactionItem {
  return { id: DEFAULT_ID, type: 'context_compaction', ...fields };
}

function imageView(path: string, fields: ItemFields<ImageViewItem> = {}): ImageViewItem {
  return { id: DEFAULT_ID, type: 'image_view', path, ...fields };
}

/** An item of an unknown type. */
function unknown(item_type: string, fields: Readonly<Record<string, unknown>> = {}): UnknownItem {
  const id = typeof fields.id === 'string' ? fields.id : DEFAULT_ID;
  return { type: 'unknown', item_type, id, raw: { ...fields, id, type: item_type } };
}

/**
 * Builders of items, one per kind. Missing fields default to those of a successful run; the id defaults to `item_0`.
 *
 * @example
 * ```ts
 * import { items } from '@codex-rx/testing';
 *
 * const item = items.commandExecution('ls', { id: 'item_3', exit_code: 2 });
 * console.log(item.status, item.aggregated_output === ''); // failed true
 * ```
 */
export const items = {
  agentMessage,
  reasoning,
  commandExecution,
  fileChange,
  mcpToolCall,
  collabToolCall,
  webSearch,
  todoList,
  error,
  userMessage,
  plan,
  contextCompaction,
  imageView,
  unknown,
} as const;
