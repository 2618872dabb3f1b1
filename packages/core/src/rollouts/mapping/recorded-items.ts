import { fileURLToPath } from 'node:url';
import type { ThreadItem } from '../../events/items.js';
import { type Fields, isObject, omit } from '../../events/schema/fields.js';
import { threadItemSchema } from '../../events/schema/items.js';
import type { RecordedItem } from '../records.js';
import { byPath } from './patch-changes.js';
import { joinWords } from './shell-words.js';

export interface MappedItem {
  readonly item: ThreadItem;
  /** The item at its start, for types whose start a run shows. It is not in the file. */
  readonly started?: ThreadItem;
  /** Calls of this kind do not wait for each other. */
  readonly isParallel: boolean;
}

const NOT_SHOWN = new Set(['SubAgentActivity', 'EnteredReviewMode', 'ExitedReviewMode']);

/** Returns the item that a run shows for a recorded item, or `undefined` if a run shows none. */
export function mapRecordedItem(recorded: RecordedItem): MappedItem | undefined {
  const fields = recorded as RecordedItem & Fields;
  if (NOT_SHOWN.has(recorded.type) || (recorded.type === 'Reasoning' && isEmptyList(fields.summary_text)))
    return undefined;
  const reader = Object.hasOwn(READERS, recorded.type) ? READERS[recorded.type] : undefined;
  const item = reader?.(fields);
  if (item === undefined || !threadItemSchema.is(item)) {
    return { item: { type: 'unknown', item_type: recorded.type, id: recorded.id, raw: recorded }, isParallel: false };
  }
  const started = startOf(item);
  // The CLI runs MCP tools side by side if they only read; commands take long enough for their times to differ.
  const isParallel = fields.readOnlyHint === true;
  return started === undefined ? { item, isParallel } : { item, started, isParallel };
}

/** Return candidates, which are validated as items afterwards. */
const READERS: Readonly<Record<string, (fields: Fields) => object>> = {
  UserMessage: ({ id, content }) => ({ id, type: 'user_message', text: texts(content).join('\n') }),
  AgentMessage: ({ id, content, phase }) => ({
    id,
    type: 'agent_message',
    text: texts(content).join(''),
    ...(phase !== undefined && { phase }),
  }),
  Reasoning: ({ id, summary_text }) => ({
    id,
    type: 'reasoning',
    text: Array.isArray(summary_text) ? summary_text.join('\n') : summary_text,
  }),
  Plan: ({ id, text }) => ({ id, type: 'plan', text }),
  CommandExecution: ({ id, command, aggregated_output, exit_code, status, cwd, duration }) => ({
    id,
    type: 'command_execution',
    command: Array.isArray(command) ? joinWords(command.map(String)) : command,
    aggregated_output: aggregated_output ?? '',
    exit_code: exit_code ?? null,
    status,
    ...(typeof cwd === 'string' && { cwd: pathOf(cwd) }),
    ...(isObject(duration) && { duration_ms: milliseconds(duration) }),
  }),
  FileChange: ({ id, changes, status }) => ({
    id,
    type: 'file_change',
    changes: isObject(changes) ? Object.entries(changes).map(changeOf).sort(byPath) : changes,
    status: status ?? 'completed',
  }),
  McpToolCall: ({ id, server, tool, arguments: args, result, error, status }) => ({
    id,
    type: 'mcp_tool_call',
    server,
    tool,
    arguments: args,
    result: isObject(result) ? mcpResult(result) : null,
    error: error ?? null,
    status,
  }),
  CollabAgentToolCall: ({ id, tool, sender_thread_id, receiver_thread_ids, prompt, agents_states, status }) => ({
    id,
    type: 'collab_tool_call',
    tool,
    sender_thread_id,
    receiver_thread_ids,
    prompt: prompt ?? null,
    agents_states: isObject(agents_states)
      ? Object.fromEntries(Object.entries(agents_states).map(([thread, state]) => [thread, agentState(state)]))
      : agents_states,
    status,
  }),
  WebSearch: ({ id, query, action }) => ({ id, type: 'web_search', query, search_id: id, action: action ?? null }),
  ContextCompaction: ({ id }) => ({ id, type: 'context_compaction' }),
  ImageView: ({ id, path }) => ({ id, type: 'image_view', path: typeof path === 'string' ? pathOf(path) : path }),
};

function startOf(item: ThreadItem): ThreadItem | undefined {
  const status = 'in_progress';
  switch (item.type) {
    case 'command_execution':
      return {
        ...(omit({ ...item }, 'duration_ms') as unknown as typeof item),
        aggregated_output: '',
        exit_code: null,
        status,
      };
    case 'file_change':
      return { ...item, status };
    case 'mcp_tool_call':
      return { ...item, result: null, error: null, status };
    case 'collab_tool_call':
      return {
        ...item,
        receiver_thread_ids: item.tool === 'spawn_agent' ? [] : item.receiver_thread_ids,
        agents_states: {},
        status,
      };
    case 'web_search':
      return { ...item, query: '', action: { type: 'other' } };
    default:
      return undefined;
  }
}

function texts(content: unknown): string[] {
  if (!Array.isArray(content)) return [];
  return content.map((part) => (isObject(part) ? part.text : undefined)).filter((text) => typeof text === 'string');
}

export function changeOf([path, change]: [string, unknown]): { path: string; kind: string } {
  const { type, content, unified_diff, move_path } = isObject(change) ? change : {};
  const diff = unified_diff ?? content;
  return {
    path,
    kind: type as string,
    ...(typeof diff === 'string' && { diff }),
    ...(typeof move_path === 'string' && { move_path }),
  };
}

function mcpResult(result: Fields): object {
  const { content, structuredContent, _meta } = result;
  return { content, structured_content: structuredContent ?? null, ...(_meta !== undefined && { _meta }) };
}

/** `"running"`, or `{ "completed": "its message" }`. */
function agentState(state: unknown): unknown {
  if (!isObject(state)) return { status: state, message: null };
  const [status, message] = Object.entries(state)[0] ?? [];
  return { status, message: message ?? null };
}

function pathOf(cwd: string): string {
  if (!cwd.startsWith('file://')) return cwd;
  try {
    return fileURLToPath(cwd);
  } catch {
    return cwd;
  }
}

function milliseconds({ secs, nanos }: Fields): number | null {
  return typeof secs === 'number' && typeof nanos === 'number' ? secs * 1000 + Math.floor(nanos / 1e6) : null;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
