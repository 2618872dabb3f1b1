import type { ItemDelta, ItemDeltaEvent } from '../events.js';
import type { ThreadItem } from '../items.js';

/**
 * Returns the item after a delta: appends `text_delta` and `output_delta`, and replaces other fields. A delta does not
 * change the id or the type of an item.
 */
export function applyDelta(item: ThreadItem, delta: ItemDelta): ThreadItem {
  const next: Record<string, unknown> = { ...item };
  for (const [key, value] of Object.entries(delta)) {
    switch (key) {
      case 'text_delta':
        next.text = asText(next.text) + asText(value);
        break;
      case 'output_delta':
        next.aggregated_output = asText(next.aggregated_output) + asText(value);
        break;
      // An assignment to `__proto__` would replace the prototype of the item.
      case '__proto__':
      case 'id':
      case 'type':
        break;
      default:
        next[key] = value;
    }
  }
  return next as unknown as ThreadItem;
}

/** Returns the item that a delta starts from if no other event of the item was received. */
export function blankItem(id: string, type: ItemDeltaEvent['item_type'], raw: unknown): ThreadItem {
  switch (type) {
    case 'agent_message':
    case 'reasoning':
    case 'user_message':
    case 'plan':
      return { id, type, text: '' } as ThreadItem;
    case 'command_execution':
      return { id, type: 'command_execution', command: '', aggregated_output: '', status: 'in_progress' };
    case 'file_change':
      return { id, type: 'file_change', changes: [], status: 'in_progress' };
    case 'mcp_tool_call':
      return { id, type: 'mcp_tool_call', server: '', tool: '', status: 'in_progress' };
    case 'collab_tool_call':
      return {
        id,
        type: 'collab_tool_call',
        tool: '',
        sender_thread_id: '',
        receiver_thread_ids: [],
        agents_states: {},
        status: 'in_progress',
      };
    case 'web_search':
      return { id, type: 'web_search', query: '' };
    case 'todo_list':
      return { id, type: 'todo_list', items: [] };
    case 'error':
      return { id, type: 'error', message: '' };
    case 'context_compaction':
      return { id, type: 'context_compaction' };
    case 'image_view':
      return { id, type: 'image_view', path: '' };
    default:
      return { type: 'unknown', id, item_type: type, raw };
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
