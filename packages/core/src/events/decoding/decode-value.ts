import { threadEventCodec } from '../codecs/events.js';
import { type Fields, isObject } from '../codecs/fields.js';
import { describeProblem, type Problem } from '../codecs/report.js';
import type { ThreadEvent } from '../events.js';
import { isItemEvent } from '../guards.js';
import type { ThreadItem } from '../items.js';
import { type ContextRole, type Ids, inherit, type Memory, usableText } from './context.js';
import { type Kind, kindOf } from './kinds.js';
import { canonicalEvent } from './legacy-events.js';
import { malformedEvent, type Place, quote, unknownEvent } from './misfits.js';
import { itemIdsIn, searchIds } from './search-ids.js';

/** The event that a line stands for, and what a strict decoder holds against it. */
export interface Decoded {
  readonly event: ThreadEvent;
  readonly problem: Problem | undefined;
}

type Draft = Record<string, unknown>;
type WithType = Fields & { readonly type: string };

const hasType = (value: unknown): value is WithType => isObject(value) && typeof value.type === 'string';

/** Old deltas pass for new ones that append nothing. */
function isLegacyDelta(type: string, value: Fields): boolean {
  if (type !== 'item.delta') return false;
  const delta = value.delta as Fields;
  return delta.text_delta === undefined && delta.output_delta === undefined;
}

function setThread(draft: Draft, id: string | undefined): void {
  if (draft.thread_id === id) return;
  if (id === undefined) delete draft.thread_id;
  else draft.thread_id = id;
}

function setTurn(draft: Draft, id: string | undefined): void {
  if (draft.turn_id === id) return;
  if (id === undefined) delete draft.turn_id;
  else draft.turn_id = id;
}

function addContext(draft: Draft, role: ContextRole, ids: Ids): void {
  if (role === 'thread') {
    // As it was written, blanks included, unless there is nothing in it.
    if (usableText(draft.thread_id) === undefined) setThread(draft, ids.threadId);
    if (usableText(draft.turn_id) === undefined) setTurn(draft, undefined);
    return;
  }
  setThread(draft, ids.threadId);
  setTurn(draft, ids.turnId);
}

/** Ids that are no text: a strict decoder leaves them to the codec to report, any other replaces them. */
function hasWrongId(value: Fields): boolean {
  return [value.thread_id, value.turn_id].some((id) => typeof id !== 'string' && id !== undefined && id !== null);
}

function restoreIds(item: ThreadItem & { type: 'web_search' }, line: string): void {
  const ids = searchIds(itemIdsIn(line));
  if (ids !== undefined) Object.assign(item, { id: ids.id, search_id: ids.searchId });
}

function finish(event: ThreadEvent, line: string): Decoded {
  return { event, problem: isItemEvent(event) ? finishItem(event.item, line) : misfit(event) };
}

function finishItem(item: ThreadItem, line: string): Problem | undefined {
  if (item.type === 'web_search' && item.search_id === undefined) restoreIds(item, line);
  if (item.type !== 'unknown') return undefined;
  return { path: 'item.type', problem: `unknown item type ${quote(item.item_type)}` };
}

/** A saved event that decoding once made of a line that was none. */
function misfit(event: ThreadEvent): Problem | undefined {
  if (event.type === 'unknown') return { path: 'type', problem: `unknown event type ${quote(event.event_type)}` };
  return event.type === 'malformed' ? { path: 'type', problem: 'the line was malformed when it was saved' } : undefined;
}

function unknownType(ids: Ids, type: string, value: Fields): Decoded {
  const problem = { path: 'type', problem: `unknown event type ${quote(type)}` };
  return { event: unknownEvent(ids, type, value), problem };
}

/** An event that is not in its present form: one in an old form, or none. */
function decodeOtherForm(kind: Kind, ids: Ids, value: WithType, at: Place, strict: boolean): Decoded {
  const candidate: Draft = { ...canonicalEvent(kind.type, value) };
  if (!strict || !hasWrongId(candidate)) addContext(candidate, kind.role, ids);
  if (threadEventCodec.is(candidate)) return finish(candidate, at.text);
  if (kind.type === 'unknown') return unknownType(ids, value.type, value);
  const problem = describeProblem(threadEventCodec, candidate);
  return { event: malformedEvent(ids, at, problem, { event_type: value.type, raw: value }), problem };
}

/**
 * Decodes one parsed line and moves `memory` on. `value` must be the caller's own, fresh from `JSON.parse`: it becomes the event where it
 * is one already. `line` is the text that it came from.
 */
export function decodeValue(memory: Memory, value: unknown, line: string, strict: boolean): Decoded {
  const at = { text: line, lineNumber: memory.lineNumber };
  if (!hasType(value)) {
    const problem = isObject(value)
      ? { path: 'type', problem: 'expected text: an event says what it is in `type`' }
      : { path: '', problem: 'expected a JSON object' };
    return { event: malformedEvent(memory, at, problem, { raw: value }), problem };
  }

  const kind = kindOf(value.type);
  const ids = inherit(memory, kind?.role ?? 'other', value);
  if (kind === undefined) return unknownType(ids, value.type, value);

  const { type, role, codec } = kind;
  if (role === 'thread' && ids.threadId === undefined) {
    const problem = { path: 'thread_id', problem: 'expected text that is not blank' };
    return { event: malformedEvent(ids, at, problem, { event_type: value.type, raw: value }), problem };
  }
  if (!codec.is(value) || isLegacyDelta(type, value)) return decodeOtherForm(kind, ids, value, at, strict);
  addContext(value, role, ids);
  return finish(value, line);
}
