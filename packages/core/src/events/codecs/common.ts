import { type Fields, isObject } from './fields.js';

/*
 * Most lines of a run are item events of a few kinds. Accepting these in code that names each field is several times faster than
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

/** Whether it is, beyond doubt, an event with such an item, written as the CLI writes it: without any thread or turn id. */
export function isCommonItemEvent(u: Fields): boolean {
  switch (u.type) {
    case 'item.started':
    case 'item.updated':
    case 'item.completed':
      break;
    default:
      return false;
  }
  const { item } = u;
  return (
    isObject(item) &&
    isCommonItem(item) &&
    u.thread_id === undefined &&
    u.turn_id === undefined &&
    u.conversation_id === undefined &&
    item.thread_id === undefined &&
    item.turn_id === undefined
  );
}
