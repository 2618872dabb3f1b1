import type { ItemDelta, ItemDeltaEvent, ThreadItem } from '@codex-rx/core/events';

/** Appends the texts of a delta to an item; its other fields replace. */
export function applyDelta(item: ThreadItem, delta: ItemDelta): ThreadItem {
  const { text_delta, output_delta, ...others } = delta;
  const fields = item as { readonly text?: unknown; readonly aggregated_output?: unknown };
  return {
    ...item,
    ...others,
    ...(text_delta !== undefined && { text: textOf(fields.text) + text_delta }),
    ...(output_delta !== undefined && { aggregated_output: textOf(fields.aggregated_output) + output_delta }),
    // What an item is called and is does not change with a piece of it.
    ...(item.id !== undefined && { id: item.id }),
    type: item.type,
  } as ThreadItem;
}

/** What can be said of an item whose first event is a delta. */
export function itemOfDelta(event: ItemDeltaEvent): ThreadItem {
  return applyDelta(blankItem(event.item_id, event.item_type, event), event.delta);
}

function blankItem(id: string, type: ItemDeltaEvent['item_type'], raw: unknown): ThreadItem {
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

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
