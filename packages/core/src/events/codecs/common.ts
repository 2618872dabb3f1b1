import { type Fields, isObject } from './fields.js';

/*
 * Most lines of a run are item events of a few kinds, or pieces of them. Accepting these in code that names each field is several times faster than
 * asking the codecs, which loop over theirs. It accepts nothing that the codecs would not; what it does not accept, they decide.
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

/** Whether it is, beyond doubt, an item of a frequent kind. */
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

/** Whether it is, beyond doubt, a web search as the CLI writes it. It is common enough, but not done when it is accepted: it has two ids. */
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

/** Missing, or an id as it should be: no blanks around it, not empty. */
function isPlainId(u: unknown): boolean {
  if (u === undefined) return true;
  return typeof u === 'string' && isPlainChar(u.charCodeAt(0)) && isPlainChar(u.charCodeAt(u.length - 1));
}

/** ASCII and no blank; `NaN`, which stands for no character, is neither. */
const isPlainChar = (code: number): boolean => code > 0x20 && code < 0x7f;

const isDelta = (u: Fields): boolean =>
  isOptionalText(u.text_delta) && isOptionalText(u.output_delta) && (u.text_delta ?? u.output_delta) !== undefined;

/** Whether it is, beyond doubt, a frequent event in its present form, with no ids but plain ones. */
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
  return isPlainId(u.thread_id) && isPlainId(u.turn_id) && u.conversation_id === undefined;
}
