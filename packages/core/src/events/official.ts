import type { ThreadEvent, Usage } from './events.js';
import type { CommandExecutionItem, FileChangeItem, McpToolCallItem, McpToolCallResult, ThreadItem } from './items.js';
import type { OfficialContentBlock, OfficialThreadEvent, OfficialThreadItem, OfficialUsage } from './official-types.js';

/**
 * Translates an event into the vocabulary of the official SDK (`@openai/codex-sdk`), with that vocabulary's fields
 * and no others.
 *
 * `undefined` for what it has no word for: collab calls and other items that only we know, a patch that is still
 * being applied, deltas, `item.failed`, `usage.updated`, `turn.diff`, `unknown`, `malformed`. A declined command is a
 * failed one there, missing token counts are 0, and the content of MCP results is passed on as the server sent it.
 * Pure; the event is not changed.
 *
 * @example
 * ```ts
 * import { toOfficialEvent } from '@codex-rx/core/events';
 *
 * toOfficialEvent({ type: 'turn.started', thread_id: 't-1', turn_id: 'synthetic-turn-1' }); // { type: 'turn.started' }
 * ```
 */
export function toOfficialEvent(event: ThreadEvent): OfficialThreadEvent | undefined {
  switch (event.type) {
    case 'thread.started':
      return { type: event.type, thread_id: event.thread_id };
    case 'turn.started':
      return { type: event.type };
    case 'turn.completed':
      return { type: event.type, usage: officialUsage(event.usage) };
    case 'turn.failed':
      return { type: event.type, error: { message: event.error.message } };
    case 'item.started':
    case 'item.updated':
    case 'item.completed': {
      const item = officialItem(event.item);
      return item === undefined ? undefined : { type: event.type, item };
    }
    case 'error':
      return { type: event.type, message: event.message };
    case 'item.delta':
    case 'item.failed':
    case 'usage.updated':
    case 'turn.diff':
    case 'unknown':
    case 'malformed':
      return undefined;
  }
}

function officialUsage(usage: Usage | undefined): OfficialUsage {
  return {
    input_tokens: usage?.input_tokens ?? 0,
    cached_input_tokens: usage?.cached_input_tokens ?? 0,
    cache_write_input_tokens: usage?.cache_write_input_tokens ?? 0,
    output_tokens: usage?.output_tokens ?? 0,
    reasoning_output_tokens: usage?.reasoning_output_tokens ?? 0,
  };
}

function officialItem(item: ThreadItem): OfficialThreadItem | undefined {
  switch (item.type) {
    case 'agent_message':
      return { id: item.id, type: item.type, text: item.text };
    case 'reasoning':
      return { id: item.id, type: item.type, text: item.text };
    case 'command_execution':
      return officialCommand(item);
    case 'file_change':
      return officialFileChange(item);
    case 'mcp_tool_call':
      return officialMcpCall(item);
    case 'web_search':
      return { id: item.id, type: item.type, query: item.query };
    case 'todo_list':
      return { id: item.id, type: item.type, items: item.items.map(({ text, completed }) => ({ text, completed })) };
    case 'error':
      return { id: item.id, type: item.type, message: item.message };
    case 'collab_tool_call':
    case 'user_message':
    case 'plan':
    case 'context_compaction':
    case 'image_view':
    case 'unknown':
      return undefined;
  }
}

/** A status that is none of these ended otherwise than well. */
function officialStatus(status: string): 'in_progress' | 'completed' | 'failed' {
  return status === 'in_progress' || status === 'completed' ? status : 'failed';
}

function officialCommand(item: CommandExecutionItem): OfficialThreadItem {
  return {
    id: item.id,
    type: item.type,
    command: item.command,
    aggregated_output: item.aggregated_output,
    ...(typeof item.exit_code === 'number' ? { exit_code: item.exit_code } : {}),
    status: officialStatus(item.status),
  };
}

function officialKind(kind: string): 'add' | 'delete' | 'update' {
  return kind === 'add' || kind === 'delete' ? kind : 'update';
}

function officialFileChange(item: FileChangeItem): OfficialThreadItem | undefined {
  const status = officialStatus(item.status);
  if (status === 'in_progress') return undefined;
  const changes = item.changes.map(({ path, kind }) => ({ path, kind: officialKind(kind) }));
  return { id: item.id, type: item.type, changes, status };
}

function officialResult(result: McpToolCallResult): {
  content: OfficialContentBlock[];
  _meta?: unknown;
  structured_content: unknown;
} {
  return {
    content: [...result.content] as OfficialContentBlock[],
    ...(result._meta === undefined ? {} : { _meta: result._meta }),
    structured_content: result.structured_content ?? null,
  };
}

function officialMcpCall(item: McpToolCallItem): OfficialThreadItem {
  return {
    id: item.id,
    type: item.type,
    server: item.server,
    tool: item.tool,
    arguments: item.arguments,
    ...(item.result === undefined || item.result === null ? {} : { result: officialResult(item.result) }),
    ...(item.error === undefined || item.error === null ? {} : { error: { message: item.error.message } }),
    status: officialStatus(item.status),
  };
}
