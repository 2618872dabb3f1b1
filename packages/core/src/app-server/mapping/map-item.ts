import type { FileUpdateChange, ThreadItem } from '../../events/items.js';
import { threadItemSchema } from '../../events/schema/items.js';
import { TOOLS_SERVER } from '../../request/validate-tools.js';
import { itemCodecs, type WireItems } from './item-codecs.js';
import { snakeCase } from './snake-case.js';

const byPath = (a: FileUpdateChange, b: FileUpdateChange): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

function mapChanges(changes: WireItems['fileChange']['changes']): FileUpdateChange[] {
  return changes
    .map(({ path, kind, diff }) => ({
      path,
      kind: kind.type,
      diff,
      ...(kind.move_path === undefined || kind.move_path === null ? {} : { move_path: kind.move_path }),
    }))
    .sort(byPath);
}

/** Questions to the user are shown as calls of tools of this server. */
export const CLIENT_TOOLS_SERVER = 'client';

const mappers: { readonly [K in keyof WireItems]: (item: WireItems[K]) => ThreadItem } = {
  userMessage: ({ id, content }) => ({
    type: 'user_message',
    id,
    text: content.flatMap(({ text }) => (text === undefined ? [] : [text])).join('\n'),
  }),
  agentMessage: ({ id, text, phase }) => ({
    type: 'agent_message',
    id,
    text,
    ...(phase === undefined || phase === null ? {} : { phase }),
  }),
  reasoning: ({ id, summary }) => ({ type: 'reasoning', id, text: summary.join(SUMMARY_SEPARATOR) }),
  plan: ({ id, text }) => ({ type: 'plan', id, text }),
  commandExecution: ({ id, command, aggregatedOutput, exitCode, status, cwd, durationMs }) => ({
    type: 'command_execution',
    id,
    command,
    aggregated_output: aggregatedOutput ?? '',
    exit_code: exitCode ?? null,
    status: snakeCase(status),
    ...(cwd === undefined ? {} : { cwd }),
    ...(durationMs === undefined || durationMs === null ? {} : { duration_ms: durationMs }),
  }),
  fileChange: ({ id, changes, status }) => ({
    type: 'file_change',
    id,
    changes: mapChanges(changes),
    status: snakeCase(status),
  }),
  mcpToolCall: ({ id, server, tool, status, result, error, arguments: args }) => ({
    type: 'mcp_tool_call',
    id,
    server,
    tool,
    arguments: args,
    result:
      result === undefined || result === null
        ? null
        : {
            content: result.content,
            structured_content: result.structuredContent ?? null,
            ...(result._meta === undefined || result._meta === null ? {} : { _meta: result._meta }),
          },
    error: error ?? null,
    status: snakeCase(status),
  }),
  dynamicToolCall: ({ id, tool, namespace, status, contentItems, arguments: args }) => ({
    type: 'mcp_tool_call',
    id,
    server: namespace ?? TOOLS_SERVER,
    tool,
    arguments: args,
    result:
      contentItems === undefined || contentItems === null
        ? null
        : { content: contentItems.map(mapContent), structured_content: null },
    error: null,
    status: snakeCase(status),
  }),
  collabAgentToolCall: (item) => ({
    type: 'collab_tool_call',
    id: item.id,
    tool: snakeCase(item.tool),
    sender_thread_id: item.senderThreadId,
    receiver_thread_ids: item.receiverThreadIds,
    prompt: item.prompt ?? null,
    agents_states: Object.fromEntries(
      Object.entries(item.agentsStates ?? {}).map(([thread, { status, message }]) => [
        thread,
        { status: snakeCase(status), message: message ?? null },
      ]),
    ),
    status: snakeCase(item.status),
  }),
  webSearch: ({ id, query, action }) => ({
    type: 'web_search',
    id,
    query,
    ...(action === undefined || action === null ? {} : { action: { ...action, type: snakeCase(action.type) } }),
  }),
  imageView: ({ id, path }) => ({ type: 'image_view', id, path }),
  contextCompaction: ({ id }) => ({ type: 'context_compaction', id }),
};

/** Between the parts of a summary of reasoning, as `exec` has it. */
export const SUMMARY_SEPARATOR = '\n';

const DATA_URL = /^data:([^;,]+);base64,(.*)$/s;

/** The content of a client's tool as a content block of MCP. */
function mapContent(content: unknown): unknown {
  const { type, text, imageUrl } = (content ?? {}) as Readonly<Record<string, unknown>>;
  if (type === 'inputText') return { type: 'text', text };
  const [, mimeType, data] = (type === 'inputImage' ? DATA_URL.exec(String(imageUrl)) : null) ?? [];
  return mimeType === undefined ? content : { type: 'image', data, mimeType };
}

export interface MappedItem {
  readonly item: ThreadItem;
  /** The fields have an unexpected shape. */
  readonly problem?: string;
}

/** Returns an item of the protocol as an item of `ThreadEvent`s. Unknown ones keep their fields in `raw`. */
export function mapItem(wire: { readonly type: string; readonly id?: string | undefined }): MappedItem {
  const unknown: ThreadItem = {
    type: 'unknown',
    item_type: snakeCase(wire.type),
    ...(wire.id === undefined ? {} : { id: wire.id }),
    raw: wire,
  };
  if (!Object.hasOwn(itemCodecs, wire.type)) return { item: unknown };
  const type = wire.type as keyof WireItems;
  const item = itemCodecs[type].is(wire) ? (mappers[type] as (item: unknown) => ThreadItem)(wire) : undefined;
  // The protocol allows values that events do not have, such as a fraction as an exit code.
  return item !== undefined && threadItemSchema.is(item)
    ? { item }
    : { item: unknown, problem: `an item of type ${type} has an unexpected shape` };
}
