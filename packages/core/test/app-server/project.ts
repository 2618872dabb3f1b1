import type { ThreadEvent, ThreadItem, ThreadSnapshot } from '@codex-rx/core/events';

/** Fields that only the app-server reports, by the type of the item. Ids differ: `item_0` and those of the model. */
const EXTRA: Readonly<Record<string, readonly string[]>> = {
  agent_message: ['phase'],
  command_execution: ['cwd', 'duration_ms'],
};

/** Items that only the app-server reports. */
const EXTRA_ITEMS: readonly string[] = ['user_message'];

/**
 * Returns the parts of a snapshot that are the same over `exec` and over the app-server: everything except ids, items
 * and fields that only the app-server has, and the folders above changed files.
 */
export function project(snapshot: ThreadSnapshot): unknown {
  return {
    status: snapshot.status,
    error: snapshot.error?.message,
    items: snapshot.items
      .toArray()
      .filter(({ type }) => !EXTRA_ITEMS.includes(type))
      .map(projectItem),
    turns: snapshot.turns.toArray().map(({ status, usage }) => ({ status, usage })),
    todos: snapshot.todos === undefined ? undefined : projectItem(snapshot.todos),
  };
}

function projectItem(item: ThreadItem): unknown {
  const omitted = [...(EXTRA[item.type] ?? []), 'id'];
  const fields = Object.fromEntries(Object.entries(item).filter(([name]) => !omitted.includes(name)));
  if (item.type === 'file_change')
    return { ...fields, changes: item.changes.map(({ path, kind }) => ({ path, kind })) };
  if (item.type === 'todo_list')
    return { ...fields, items: item.items.map(({ text, completed }) => ({ text, completed })) };
  return fields;
}

export const typesOf = (events: readonly ThreadEvent[]): string[] => events.map(({ type }) => type);
