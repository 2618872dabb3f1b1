import { type Fields, isObject } from './fields.js';

/*
 * Most lines of a run are item events of a few types. Code that names each field accepts these several times faster
 * than the schemas, which loop over their fields (`bench:decode`). It accepts only what the schemas accept; the
 * schemas decide about the rest.
 */

const isText = (u: unknown): boolean => typeof u === 'string';

const isOptionalText = (u: unknown): boolean => u === undefined || typeof u === 'string';

const isNullableText = (u: unknown): boolean => u === undefined || u === null || typeof u === 'string';

const isNone = (u: unknown): boolean => u === undefined || u === null;

function everyIs(u: unknown, passes: (entry: Fields) => boolean): boolean {
  if (!Array.isArray(u)) return false;
  const list: readonly unknown[] = u;
  for (const entry of list) if (!isObject(entry) || !passes(entry)) return false;
  return true;
}

const isChange = (u: Fields): boolean =>
  isText(u.path) && isText(u.kind) && isOptionalText(u.diff) && isNullableText(u.move_path);

const isTodo = (u: Fields): boolean => isText(u.text) && typeof u.completed === 'boolean' && isOptionalText(u.status);

const isCommand = (u: Fields): boolean =>
  isText(u.command) &&
  isText(u.aggregated_output) &&
  isText(u.status) &&
  (isNone(u.exit_code) || Number.isInteger(u.exit_code)) &&
  u.cwd === undefined &&
  u.duration_ms === undefined;

const isMcpCall = (u: Fields): boolean =>
  isText(u.server) &&
  isText(u.tool) &&
  isText(u.status) &&
  (isNone(u.result) || (isObject(u.result) && Array.isArray(u.result.content))) &&
  (isNone(u.error) || (isObject(u.error) && isText(u.error.message)));

/** Returns whether the value is certainly an item of a frequent type. */
export function isCommonItem(u: Fields): boolean {
  if (typeof u.id !== 'string') return false;
  switch (u.type) {
    case 'command_execution':
      return isCommand(u);
    case 'agent_message':
      return isText(u.text) && isNullableText(u.phase);
    case 'reasoning':
      return isText(u.text);
    case 'file_change':
      return isText(u.status) && everyIs(u.changes, isChange);
    case 'mcp_tool_call':
      return isMcpCall(u);
    case 'todo_list':
      return everyIs(u.items, isTodo);
    default:
      return false;
  }
}

/** Fast check for a web search item. Its duplicate `id` key still has to be resolved afterwards. */
export function isCommonSearch(u: Fields): boolean {
  if (u.type !== 'web_search' || !isText(u.id) || !isText(u.query) || !isOptionalText(u.search_id)) return false;
  const { action } = u;
  if (isNone(action)) return true;
  return (
    isObject(action) &&
    isText(action.type) &&
    isNullableText(action.query) &&
    isNullableText(action.url) &&
    isNullableText(action.pattern) &&
    isNone(action.queries)
  );
}

/** Whether an id is missing, or is not empty and has no surrounding white space. */
function isPlainId(u: unknown): boolean {
  if (u === undefined) return true;
  return typeof u === 'string' && isPlainChar(u.charCodeAt(0)) && isPlainChar(u.charCodeAt(u.length - 1));
}

/** Whether a character is ASCII and not white space. `NaN` (no character) is neither. */
const isPlainChar = (code: number): boolean => code > 0x20 && code < 0x7f;

const isDelta = (u: Fields): boolean =>
  isOptionalText(u.text_delta) && isOptionalText(u.output_delta) && (u.text_delta ?? u.output_delta) !== undefined;

/** Returns whether the value is certainly an event of a frequent type in its current form, without unusual ids. */
export function isCommonEvent(u: Fields): boolean {
  switch (u.type) {
    case 'item.started':
    case 'item.updated':
    case 'item.completed': {
      const { item } = u;
      if (!isObject(item) || !isCommonItem(item) || item.thread_id !== undefined || item.turn_id !== undefined)
        return false;
      break;
    }
    case 'item.delta':
      if (!isText(u.item_id) || !isText(u.item_type) || !isObject(u.delta) || !isDelta(u.delta) || 'item' in u)
        return false;
      break;
    default:
      return false;
  }
  if (u.conversation_id !== undefined || u.inherited !== undefined) return false;
  return isPlainId(u.thread_id) && isPlainId(u.turn_id);
}
