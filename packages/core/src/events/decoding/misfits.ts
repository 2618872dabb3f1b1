import type { Fields } from '../codecs/fields.js';
import type { Problem } from '../codecs/report.js';
import type { MalformedEvent, UnknownEvent } from '../events.js';
import type { Ids } from './context.js';

const MAX_LINE = 64 * 1024;

function contextOf({ threadId, turnId }: Ids): { thread_id?: string; turn_id?: string } {
  return {
    ...(threadId === undefined ? {} : { thread_id: threadId }),
    ...(turnId === undefined ? {} : { turn_id: turnId }),
  };
}

/** A line, and where it stands. */
export interface Place {
  readonly text: string;
  readonly lineNumber: number;
}

/** The start of a text, never half of a surrogate pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const code = text.charCodeAt(length - 1);
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? length - 1 : length);
}

/** Names that come from the line are quoted, and never at length. */
export const quote = (name: string): string => JSON.stringify(cut(name, 100));

export function malformedEvent(
  ids: Ids,
  at: Place,
  { path, problem }: Problem,
  details: { readonly event_type?: string; readonly raw?: unknown },
): MalformedEvent {
  return {
    type: 'malformed',
    ...contextOf(ids),
    line: cut(at.text, MAX_LINE),
    line_number: at.lineNumber,
    error: path === '' ? problem : `${path}: ${problem}`,
    ...details,
  };
}

export function unknownEvent(ids: Ids, eventType: string, raw: Fields): UnknownEvent {
  return { type: 'unknown', ...contextOf(ids), event_type: eventType, raw };
}
