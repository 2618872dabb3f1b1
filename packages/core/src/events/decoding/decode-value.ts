import { describeProblem, type Problem } from '../codecs/report.js';
import { type Fields, isObject } from '../codecs/shape.js';
import type { ThreadEvent } from '../events.js';
import type { ThreadItem } from '../items.js';
import { type ContextRole, type DecoderState, type Inherited, inherit, usableText } from './context.js';
import { kindOf } from './kinds.js';
import { canonicalEvent } from './legacy-events.js';
import { malformedEvent, unknownEvent } from './misfits.js';
import { itemIdsIn, searchIds } from './search-ids.js';

/** The event that a line stands for, what a strict decoder holds against it, and what is remembered after it. */
export interface Decoded {
  readonly event: ThreadEvent;
  readonly problem: Problem | undefined;
  readonly next: DecoderState;
}

type Draft = Record<string, unknown>;

/** Old deltas pass for new ones that append nothing. */
function isLegacyDelta(type: string, value: Fields): boolean {
  if (type !== 'item.delta') return false;
  const delta = value.delta as Fields;
  return delta.text_delta === undefined && delta.output_delta === undefined;
}

function setId(draft: Draft, key: 'thread_id' | 'turn_id', id: string | undefined): void {
  if (draft[key] === id) return;
  if (id === undefined) Reflect.deleteProperty(draft, key);
  else draft[key] = id;
}

function addContext(draft: Draft, role: ContextRole, inherited: Inherited): void {
  if (role === 'thread') {
    // As it was written, blanks included, unless there is nothing in it.
    if (usableText(draft.thread_id) === undefined) setId(draft, 'thread_id', inherited.threadId);
    return;
  }
  setId(draft, 'thread_id', inherited.threadId);
  setId(draft, 'turn_id', inherited.turnId);
}

/** Ids that are no text: a strict decoder leaves them to the codec to report, any other replaces them. */
function hasWrongId(value: Fields): boolean {
  return [value.thread_id, value.turn_id].some((id) => typeof id !== 'string' && id !== undefined && id !== null);
}

function finish(event: ThreadEvent, line: string, next: DecoderState): Decoded {
  if (!('item' in event)) return { event, problem: undefined, next };
  const { item } = event;
  if (item.type === 'unknown') {
    return { event, problem: { path: 'item.type', problem: `unknown item type ${quote(item.item_type)}` }, next };
  }
  if (item.type === 'web_search' && item.search_id === undefined) restoreIds(item, line);
  return { event, problem: undefined, next };
}

function restoreIds(item: ThreadItem & { type: 'web_search' }, line: string): void {
  const ids = searchIds(itemIdsIn(line));
  if (ids === undefined) return;
  (item as unknown as Draft).id = ids.id;
  (item as unknown as Draft).search_id = ids.searchId;
}

export const quote = (text: string): string => JSON.stringify(text.slice(0, 100));

/**
 * Decodes one parsed line. `value` must be the caller's own, fresh from `JSON.parse`: it becomes the event where it is one already.
 * `line` is the text that it came from.
 */
export function decodeValue(state: DecoderState, value: unknown, line: string, strict: boolean): Decoded {
  if (!isObject(value) || typeof value.type !== 'string') {
    const problem = isObject(value)
      ? { path: 'type', problem: 'expected text: an event says what it is in `type`' }
      : { path: '', problem: 'expected a JSON object' };
    return { event: malformedEvent({ ...state, next: state }, line, problem, { raw: value }), problem, next: state };
  }

  const kind = kindOf(value.type);
  const inherited = inherit(state, kind?.role ?? 'other', value);
  const { next } = inherited;
  if (kind === undefined) {
    const problem = { path: 'type', problem: `unknown event type ${quote(value.type)}` };
    return { event: unknownEvent(inherited, value.type, value), problem, next };
  }

  const { type, role, codec } = kind;
  if (role === 'thread' && inherited.threadId === undefined) {
    const problem = { path: 'thread_id', problem: 'expected text that is not blank' };
    return { event: malformedEvent(inherited, line, problem, { event_type: value.type, raw: value }), problem, next };
  }
  if (codec.is(value) && !isLegacyDelta(type, value)) {
    addContext(value, role, inherited);
    return finish(value, line, next);
  }
  const candidate: Draft = { ...canonicalEvent(type, value) };
  if (!strict || !hasWrongId(candidate)) addContext(candidate, role, inherited);
  if (codec.is(candidate)) return finish(candidate, line, next);

  if (type === 'unknown') {
    const problem = { path: 'type', problem: 'unknown event type "unknown"' };
    return { event: unknownEvent(inherited, type, value), problem, next };
  }
  const problem = describeProblem(codec, candidate);
  const event = malformedEvent(inherited, line, problem, { event_type: value.type, raw: value });
  return { event, problem, next };
}
