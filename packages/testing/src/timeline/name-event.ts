import type { ThreadEvent, ThreadItem } from '@codex-rx/core/events';

const ITEM_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    agent_message: 'msg',
    reasoning: 'think',
    command_execution: 'cmd',
    file_change: 'patch',
    mcp_tool_call: 'mcp',
    collab_tool_call: 'collab',
    web_search: 'search',
    todo_list: 'todo',
    error: 'warn',
    user_message: 'user',
    plan: 'plan',
    context_compaction: 'compact',
    image_view: 'image',
    unknown: 'item',
  }),
);

const TURN_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'thread.started': 'thread',
    'turn.started': 'turn',
    'turn.completed': 'done',
    'turn.failed': 'failed',
    error: 'notice',
    'usage.updated': 'usage',
    'turn.diff': 'diff',
    malformed: 'bad',
  }),
);

/** Returns the name of an event in diagrams. Remembers the items of one run. */
export type EventNamer = (event: ThreadEvent) => string;

/**
 * Creates a namer for the events of one run.
 *
 * Names are `thread`, `turn`, `done`, `failed`, `notice`, `usage`, `diff`, `bad`, `?type` (unknown), and for items,
 * with the number of their id, `+cmd0` (started), `~cmd0` (updated), `>msg1` (delta), `!cmd0` (failed) and `cmd0`
 * (completed).
 */
export function createEventNamer(): EventNamer {
  const numbers = new Map<string, number>();
  const numberOf = (id: string | undefined): number => {
    const own = /^item_(\d+)$/.exec(id ?? '')?.[1];
    if (own !== undefined) return Number(own);
    const number = numbers.get(id ?? '') ?? numbers.size;
    numbers.set(id ?? '', number);
    return number;
  };
  const kinds = new Map<string, string>();
  const nameItem = (item: ThreadItem): string => {
    const name = `${ITEM_NAMES.get(item.type) ?? 'item'}${String(numberOf(item.id))}`;
    if (item.id !== undefined) kinds.set(item.id, name);
    return name;
  };
  return (event) => {
    switch (event.type) {
      case 'item.started':
        return `+${nameItem(event.item)}`;
      case 'item.updated':
        return `~${nameItem(event.item)}`;
      case 'item.completed':
        return nameItem(event.item);
      case 'item.delta':
        return `>${ITEM_NAMES.get(event.item_type) ?? 'item'}${String(numberOf(event.item_id))}`;
      case 'item.failed':
        return `!${kinds.get(event.item_id) ?? `item${String(numberOf(event.item_id))}`}`;
      case 'unknown':
        return `?${event.event_type.replaceAll(/[^\w.-]/g, '_')}`;
      default:
        return TURN_NAMES.get(event.type) ?? 'event';
    }
  };
}

export const EVENT_TYPES: readonly string[] = [
  ...TURN_NAMES.keys(),
  'item.started',
  'item.updated',
  'item.completed',
  'item.delta',
  'item.failed',
  'unknown',
];

const types: ReadonlySet<unknown> = new Set(EVENT_TYPES);

export function isThreadEvent(value: unknown): value is ThreadEvent {
  return typeof value === 'object' && value !== null && types.has((value as { type?: unknown }).type);
}

const eventName = new RegExp(
  `^(?:${[...TURN_NAMES.values()].join('|')}|\\?[\\w.-]+|[+~>!]?(?:${[...ITEM_NAMES.values()].join('|')})\\d+)$`,
);

/** Returns whether a namer can return this name. */
export function isEventName(name: string): boolean {
  return eventName.test(name);
}
