import type { MalformedEvent, UnknownEvent } from '../events.js';
import type { Problem } from '../schema/describe-problem.js';
import type { Fields } from '../schema/fields.js';
import type { EventIds } from './decoder-state.js';
import { MAX_REPORTED_CHARS, truncate } from './line-problems.js';

/** A line and its number. */
export interface LinePosition {
  readonly text: string;
  readonly lineNumber: number;
}

/** Quotes a name from a line, cut to 100 characters. */
export const quote = (name: string): string => JSON.stringify(truncate(name, 100));

export function malformedEvent(
  ids: EventIds,
  { text, lineNumber }: LinePosition,
  { path, problem }: Problem,
  details: { readonly event_type?: string; readonly raw?: unknown },
): MalformedEvent {
  return {
    type: 'malformed',
    ...contextFields(ids),
    line: truncate(text, MAX_REPORTED_CHARS),
    line_number: lineNumber,
    error: path === '' ? problem : `${path}: ${problem}`,
    ...details,
  };
}

export function unknownEvent(ids: EventIds, eventType: string, raw: Fields): UnknownEvent {
  return { type: 'unknown', ...contextFields(ids), event_type: eventType, raw };
}

function contextFields({ threadId, turnId }: EventIds): { thread_id?: string; turn_id?: string } {
  return {
    ...(threadId === undefined ? {} : { thread_id: threadId }),
    ...(turnId === undefined ? {} : { turn_id: turnId }),
  };
}
