import type { ItemDelta, ItemDeltaEvent, ThreadItem } from '@codex-rx/core/events';

/** A field of an item that deltas append to. */
export type TextField = 'text' | 'aggregated_output';

/** The field that a delta appends to, if it does nothing else. */
export function onlyTextField(delta: ItemDelta): TextField | undefined {
  let field: TextField | undefined;
  for (const key in delta) {
    if (field !== undefined) return undefined;
    if (key === 'text_delta') field = 'text';
    else if (key === 'output_delta') field = 'aggregated_output';
    else return undefined;
  }
  return field;
}

/** The text that such a delta appends. */
export function onlyText({ text_delta, output_delta }: ItemDelta): string {
  return asText(text_delta ?? output_delta);
}

/** Appends the texts of a delta to an item; its other fields replace. What an item is called and is does not change with a piece of it. */
export function applyDelta(item: ThreadItem, delta: ItemDelta): ThreadItem {
  const next: Record<string, unknown> = { ...item };
  for (const key in delta) {
    switch (key) {
      case 'text_delta':
        next.text = asText(next.text) + asText(delta.text_delta);
        break;
      case 'output_delta':
        next.aggregated_output = asText(next.aggregated_output) + asText(delta.output_delta);
        break;
      case 'id':
      case 'type':
        break;
      default:
        next[key] = delta[key as keyof ItemDelta];
    }
  }
  return next as unknown as ThreadItem;
}

/** The text that a field of an item holds; none, if it holds something else. */
export function textOf(item: ThreadItem, field: TextField): string {
  return asText((item as Partial<Record<TextField, unknown>>)[field]);
}

/** The item with another text in a field. */
export function withText(item: ThreadItem, field: TextField, text: string): ThreadItem {
  return { ...item, [field]: text };
}

/** An item whose first event is one of its pieces, before that piece. */
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
