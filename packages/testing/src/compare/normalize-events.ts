import type { ThreadEvent } from '@codex-rx/core/events';

/**
 * Replaces the ids of threads and turns by `thread-1`, `turn-1`, … in the order of their first occurrence, so that
 * equal runs with different ids compare equal.
 */
export function withOrdinalIds(events: readonly ThreadEvent[]): ThreadEvent[] {
  const ids = new Map<string, string>();
  const counts = { thread: 0, turn: 0 };
  const addId = (kind: keyof typeof counts, id: string | undefined): void => {
    if (id !== undefined && !ids.has(id)) ids.set(id, `${kind}-${String(++counts[kind])}`);
  };
  for (const event of events) {
    addId('thread', event.thread_id);
    addId('turn', event.turn_id);
    if ('item' in event && event.item.type === 'collab_tool_call') {
      addId('thread', event.item.sender_thread_id);
      for (const id of event.item.receiver_thread_ids) addId('thread', id);
    }
  }
  return events.map((event) => replaceIds(event, ids) as ThreadEvent);
}

function replaceIds(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => replaceIds(one, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [ids.get(key) ?? key, replaceIds(one, ids)]));
}

/**
 * Returns the value without the fields at these paths, such as `usage` or `item.aggregated_output`. `*` matches any
 * key.
 */
export function withoutFields(value: unknown, paths: readonly string[]): unknown {
  return paths.length === 0
    ? value
    : without(
        value,
        paths.map((path) => path.split('.')),
      );
}

function without(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (typeof value !== 'object' || value === null || paths.length === 0) return value;
  const below = (key: string): (readonly string[])[] =>
    paths.filter(([step]) => step === key || step === '*').map((path) => path.slice(1));
  const kept = Object.entries(value).flatMap(([key, one]): [string, unknown][] => {
    const rest = below(key);
    return rest.some((path) => path.length === 0) ? [] : [[key, without(one, rest)]];
  });
  return Array.isArray(value) ? kept.map(([, one]) => one) : Object.fromEntries(kept);
}
