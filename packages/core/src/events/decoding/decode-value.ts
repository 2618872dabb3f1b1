import type { ThreadEvent } from '../events.js';
import { isItemEvent } from '../guards.js';
import type { ThreadItem } from '../items.js';
import { describeProblem, type Problem } from '../schema/describe-problem.js';
import { threadEventSchema } from '../schema/events.js';
import { type Fields, isObject, type MutableFields } from '../schema/fields.js';
import { type ContextRole, type EventIds, inheritIds, type MutableState, nonBlankText } from './decoder-state.js';
import { type EventType, findEventType } from './event-types.js';
import { canonicalEvent } from './legacy-events.js';
import { type LinePosition, malformedEvent, quote, unknownEvent } from './malformed.js';
import { itemIdsIn, searchIds } from './search-ids.js';

/** The event of a line, and why a strict decoder rejects it. */
export interface DecodedLine {
  readonly event: ThreadEvent;
  readonly problem: Problem | undefined;
}

type WithType = Fields & { readonly type: string };

const hasType = (value: unknown): value is WithType => isObject(value) && typeof value.type === 'string';

/** The schema accepts an old delta, as a new delta without text. */
function isLegacyDelta(type: string, value: Fields): boolean {
  if (type !== 'item.delta') return false;
  const delta = value.delta as Fields;
  return delta.text_delta === undefined && delta.output_delta === undefined;
}

function setThread(draft: MutableFields, id: string | undefined): void {
  if (draft.thread_id === id) return;
  if (id === undefined) delete draft.thread_id;
  else draft.thread_id = id;
}

function setTurn(draft: MutableFields, id: string | undefined): void {
  if (draft.turn_id === id) return;
  if (id === undefined) delete draft.turn_id;
  else draft.turn_id = id;
}

function addContext(draft: MutableFields, role: ContextRole, ids: EventIds): void {
  if (role === 'thread') {
    // Keeps the id unchanged, including white space, unless it is blank.
    if (nonBlankText(draft.thread_id) === undefined) setThread(draft, ids.threadId);
    if (nonBlankText(draft.turn_id) === undefined) setTurn(draft, undefined);
    return;
  }
  setThread(draft, ids.threadId);
  setTurn(draft, ids.turnId);
}

/** Whether an id is not text. A strict decoder lets the schema report it; any other decoder replaces it. */
function hasWrongId(value: Fields): boolean {
  return [value.thread_id, value.turn_id].some((id) => typeof id !== 'string' && id !== undefined && id !== null);
}

function restoreIds(item: ThreadItem & { type: 'web_search' }, line: string): void {
  const ids = searchIds(itemIdsIn(line));
  if (ids !== undefined) Object.assign(item, { id: ids.id, search_id: ids.searchId });
}

function finish(event: ThreadEvent, line: string): DecodedLine {
  return { event, problem: isItemEvent(event) ? finishItem(event.item, line) : strictProblem(event) };
}

function finishItem(item: ThreadItem, line: string): Problem | undefined {
  if (item.type === 'web_search' && item.search_id === undefined) restoreIds(item, line);
  if (item.type !== 'unknown') return undefined;
  return { path: 'item.type', problem: `unknown item type ${quote(item.item_type)}` };
}

/** The problem of a saved event that is itself the result of decoding a bad line. */
function strictProblem(event: ThreadEvent): Problem | undefined {
  if (event.type === 'unknown') return { path: 'type', problem: `unknown event type ${quote(event.event_type)}` };
  return event.type === 'malformed' ? { path: 'type', problem: 'the line was malformed when it was saved' } : undefined;
}

function unknownType(ids: EventIds, type: string, value: Fields): DecodedLine {
  const problem = { path: 'type', problem: `unknown event type ${quote(type)}` };
  return { event: unknownEvent(ids, type, value), problem };
}

/** Decodes a value that is not an event in the current form: an event in an old form, or a malformed one. */
function decodeOtherForm(
  eventType: EventType,
  ids: EventIds,
  value: WithType,
  position: LinePosition,
  strict: boolean,
): DecodedLine {
  const candidate: MutableFields = { ...canonicalEvent(eventType.type, value) };
  if (!strict || !hasWrongId(candidate)) addContext(candidate, eventType.role, ids);
  if (threadEventSchema.is(candidate)) return finish(candidate, position.text);
  if (eventType.type === 'unknown') return unknownType(ids, value.type, value);
  const problem = describeProblem(threadEventSchema, candidate);
  return { event: malformedEvent(ids, position, problem, { event_type: value.type, raw: value }), problem };
}

/**
 * Decodes a parsed line and updates `state`.
 *
 * @param value must come fresh from `JSON.parse`: an event in the current form is completed in place and returned
 * @param line the text of `value`
 */
export function decodeValue(state: MutableState, value: unknown, line: string, strict: boolean): DecodedLine {
  const position = { text: line, lineNumber: state.lineNumber };
  if (!hasType(value)) {
    const problem = isObject(value)
      ? { path: 'type', problem: 'expected text: every event has a `type`' }
      : { path: '', problem: 'expected a JSON object' };
    return { event: malformedEvent(state, position, problem, { raw: value }), problem };
  }

  const eventType = findEventType(value.type);
  const ids = inheritIds(state, eventType?.role ?? 'other', value);
  if (eventType === undefined) return unknownType(ids, value.type, value);

  const { type, role, schema } = eventType;
  if (role === 'thread' && ids.threadId === undefined) {
    const problem = { path: 'thread_id', problem: 'expected text that is not blank' };
    return { event: malformedEvent(ids, position, problem, { event_type: value.type, raw: value }), problem };
  }
  if (!schema.is(value) || isLegacyDelta(type, value)) return decodeOtherForm(eventType, ids, value, position, strict);
  addContext(value, role, ids);
  return finish(value, line);
}
