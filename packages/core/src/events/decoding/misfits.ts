import type { Problem } from '../codecs/report.js';
import type { Fields } from '../codecs/shape.js';
import type { MalformedEvent, UnknownEvent } from '../events.js';
import type { Inherited } from './context.js';

const MAX_LINE = 64 * 1024;

function contextOf(threadId: string | undefined, turnId: string | undefined): { thread_id?: string; turn_id?: string } {
  return {
    ...(threadId === undefined ? {} : { thread_id: threadId }),
    ...(turnId === undefined ? {} : { turn_id: turnId }),
  };
}

/** The start of a text, never half of a surrogate pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const code = text.charCodeAt(length - 1);
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? length - 1 : length);
}

export function malformedEvent(
  { threadId, turnId, next }: Inherited,
  line: string,
  { path, problem }: Problem,
  details: { readonly event_type?: string; readonly raw?: unknown },
): MalformedEvent {
  return {
    type: 'malformed',
    ...contextOf(threadId, turnId),
    line: cut(line, MAX_LINE),
    line_number: next.lineNumber,
    error: path === '' ? problem : `${path}: ${problem}`,
    ...details,
  };
}

export function unknownEvent({ threadId, turnId }: Inherited, eventType: string, raw: Fields): UnknownEvent {
  return { type: 'unknown', ...contextOf(threadId, turnId), event_type: eventType, raw };
}
