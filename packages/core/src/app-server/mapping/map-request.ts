import type { McpToolCallItem } from '../../events/items.js';
import type { RequestId } from '../../protocol/messages.js';
import { CLIENT_TOOLS_SERVER } from './map-item.js';
import { type Mapped, mapNotification, type WireNotification } from './map-notification.js';
import { mapToolCall } from './map-tool-call.js';
import type { MappingState } from './mapping-state.js';

/** Requests that the protocol has no item for: tools of the model that the client answers. */
const QUESTIONS: Readonly<Record<string, string>> = {
  'item/tool/requestUserInput': 'request_user_input',
  'item/permissions/requestApproval': 'request_permissions',
};

/**
 * Maps a request of the server, so that an item is in progress while the server waits for the client. Pure. A question
 * to the user becomes the call of a tool of the client, which completes when the request is resolved.
 */
export function mapRequest(state: MappingState, request: WireNotification & { readonly id: RequestId }): Mapped {
  if (request.method === 'item/tool/call') return mapToolCall(state, request.params);
  if (request.method === 'item/commandExecution/requestApproval') return startCommand(state, request.params);
  const tool = Object.hasOwn(QUESTIONS, request.method) ? QUESTIONS[request.method] : undefined;
  // After a reconnect, the server repeats open requests with their ids.
  if (tool === undefined || state.questions.has(request.id)) return [state, []];
  const { threadId, turnId, itemId, questions, permissions, reason } = fields(request.params);
  if (typeof threadId !== 'string' || typeof turnId !== 'string' || typeof itemId !== 'string') return [state, []];
  const item: McpToolCallItem = {
    type: 'mcp_tool_call',
    id: itemId,
    server: CLIENT_TOOLS_SERVER,
    tool,
    arguments: questions === undefined ? { permissions, reason } : { questions },
    result: null,
    error: null,
    status: 'in_progress',
  };
  const next = { ...state, questions: new Map(state.questions).set(request.id, { turnId, item }) };
  return [next, [{ type: 'item.started', thread_id: threadId, turn_id: turnId, item }]];
}

/** CLI 0.98 asks without the start of the command, which would be unknown while the request is open. */
function startCommand(state: MappingState, params: unknown): Mapped {
  const { threadId, turnId, itemId, command, cwd } = fields(params);
  if (typeof itemId !== 'string' || state.open.has(itemId) || typeof command !== 'string') return [state, []];
  const item = { type: 'commandExecution', id: itemId, command, status: 'inProgress', ...(cwd == null ? {} : { cwd }) };
  return mapNotification(state, { method: 'item/started', params: { threadId, turnId, item } });
}

const fields = (params: unknown): Readonly<Record<string, unknown>> =>
  (params ?? {}) as Readonly<Record<string, unknown>>;
