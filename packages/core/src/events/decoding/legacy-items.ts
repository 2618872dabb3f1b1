import { type Fields, isObject, type MutableFields, omit } from '../schema/fields.js';

const TEXT_ITEM_TYPES: ReadonlySet<unknown> = new Set(['agent_message', 'reasoning']);

/** Returns the default for a missing value. `null` is not missing, but malformed. */
const orElse = (value: unknown, otherwise: unknown): unknown => (value === undefined ? otherwise : value);

/** Removes and returns the first of `names` that `draft` has. */
function take(draft: MutableFields, ...names: readonly string[]): unknown {
  for (const name of names) {
    const value = draft[name];
    if (value !== undefined) {
      Reflect.deleteProperty(draft, name);
      return value;
    }
  }
  return undefined;
}

function rename(draft: MutableFields, name: string, ...aliases: readonly string[]): void {
  if (draft[name] !== undefined) return;
  const value = take(draft, ...aliases);
  if (value !== undefined) draft[name] = value;
}

/** Removes and returns stdout and stderr under their old names, as one text. A wrong type stays, to be reported. */
function takeOutput(draft: MutableFields): unknown {
  rename(draft, 'stderr', 'error_output', 'err');
  const output = take(draft, 'aggregated_output', 'stdout', 'output');
  const { stderr } = draft;
  if (stderr === undefined || stderr === '') return output;
  if (output === undefined) return stderr;
  return typeof output === 'string' && typeof stderr === 'string' ? output + stderr : [output, stderr];
}

const toolStatus = (status: unknown): unknown =>
  status === 'pending' || status === 'running' ? 'in_progress' : status;

/** Inside `content`, a result was any JSON. A result that is not in the MCP form becomes the structured content. */
function mcpResult(result: unknown): unknown {
  if (result === undefined || result === null) return result;
  return isObject(result) && Array.isArray(result.content) ? result : { content: [], structured_content: result };
}

const todo = (entry: unknown): unknown => {
  if (!isObject(entry) || entry.text !== undefined) return entry;
  const { title, ...rest } = entry;
  return { ...rest, text: title, completed: orElse(rest.completed, false) };
};

/** Per item type: renames old fields and adds defaults for missing ones. */
const REWRITES: Readonly<Record<string, (draft: MutableFields, status: string) => void>> = {
  command_execution(draft, status) {
    if (draft.aggregated_output === undefined) draft.aggregated_output = orElse(takeOutput(draft), '');
    draft.status = orElse(draft.status, status);
  },
  file_change(draft, status) {
    if (draft.changes === undefined) {
      const path = take(draft, 'path', 'file_path');
      const diff = take(draft, 'diff', 'patch');
      const change: MutableFields = { path, kind: 'update' };
      if (diff !== undefined && diff !== null) change.diff = diff;
      draft.changes = [change];
    }
    draft.status = orElse(draft.status, status);
  },
  mcp_tool_call(draft, status) {
    rename(draft, 'server', 'server_name');
    rename(draft, 'tool', 'tool_name');
    draft.status = orElse(toolStatus(draft.status), status);
  },
  collab_tool_call(draft, status) {
    draft.status = orElse(draft.status, status);
  },
  todo_list(draft) {
    const items = orElse(draft.items, []);
    draft.items = Array.isArray(items) ? items.map(todo) : items;
  },
};

/**
 * Rewrites an item from its old forms: `item_type`, `item_id`, fields inside `content`, textual `content`, old names.
 * The result may still be malformed.
 */
export function canonicalItem(fields: Fields, type: unknown, id: unknown, completed: boolean): Fields {
  const { content } = fields;
  const rest = omit(fields, 'content', 'item_id', 'item_type');
  const draft: MutableFields = isObject(content) ? { ...rest, ...content } : { ...rest };
  if (isObject(content) && type === 'mcp_tool_call') draft.result = mcpResult(draft.result);
  if (content !== undefined && !isObject(content)) {
    draft[typeof content === 'string' && TEXT_ITEM_TYPES.has(type) ? 'text' : 'content'] = content;
  }
  draft.id = id;
  draft.type = type;
  if (typeof type === 'string' && Object.hasOwn(REWRITES, type))
    REWRITES[type]?.(draft, completed ? 'completed' : 'in_progress');
  return draft;
}

/** Rewrites the `delta` of an event from its old forms: text, or the fields of an item. */
export function canonicalDelta(delta: unknown, itemType: unknown): unknown {
  if (typeof delta === 'string' && TEXT_ITEM_TYPES.has(itemType)) return { text_delta: delta };
  if (!isObject(delta)) return delta;
  const draft: MutableFields = { ...delta };
  if (TEXT_ITEM_TYPES.has(itemType)) {
    rename(draft, 'text_delta', 'text');
  } else if (itemType === 'command_execution' || itemType === 'file_change') {
    if (draft.output_delta === undefined) {
      const output = takeOutput(draft);
      if (output !== undefined) draft.output_delta = output;
    }
    if (itemType === 'file_change') rename(draft, 'diff', 'patch');
  } else if (itemType === 'mcp_tool_call') {
    if (draft.result !== undefined) draft.result = mcpResult(draft.result);
    if (draft.status !== undefined) draft.status = toolStatus(draft.status);
  } else if (itemType === 'todo_list' && Array.isArray(draft.items)) {
    draft.items = draft.items.map(todo);
  }
  return draft;
}
