import { type Mapped, mapNotification } from './map-notification.js';
import { type MappingState, withId, withoutId } from './mapping-state.js';

/** Maps the call of a tool. CLI 0.98 reports no item for it. */
export function mapToolCall(state: MappingState, params: unknown): Mapped {
  const { threadId, turnId } = fields(params);
  const item = toolItem(params);
  if (item === undefined || state.open.has(item.id)) return [state, []];
  const next = { ...state, unannounced: withId(state.unannounced, item.id) };
  return mapNotification(next, { method: 'item/started', params: { threadId, turnId, item } });
}

/** Maps the answer to the call of a tool without an item. */
export function mapToolAnswer(state: MappingState, params: unknown, answer: unknown): Mapped {
  const { threadId, turnId } = fields(params);
  const item = toolItem(params);
  if (item === undefined || !state.unannounced.has(item.id)) return [state, []];
  const { success, contentItems } = fields(answer);
  const status = success === true ? 'completed' : 'failed';
  const next = { ...state, unannounced: withoutId(state.unannounced, item.id) };
  const end = { ...item, status, contentItems };
  return mapNotification(next, { method: 'item/completed', params: { threadId, turnId, item: end } });
}

function toolItem(params: unknown) {
  const { callId, tool, namespace, arguments: args } = fields(params);
  if (typeof callId !== 'string' || typeof tool !== 'string') return undefined;
  return { type: 'dynamicToolCall', id: callId, tool, namespace, arguments: args, status: 'inProgress' };
}

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  (value ?? {}) as Readonly<Record<string, unknown>>;
