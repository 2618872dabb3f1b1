import type { ProblemLine } from '../raw-line.js';
import { isObject } from '../schema/fields.js';
import type { DecodedLine } from './decode-value.js';
import { inheritIds, type MutableState } from './decoder-state.js';
import { findEventType } from './event-types.js';
import { LINE_PROBLEMS } from './line-problems.js';
import { malformedEvent } from './malformed.js';

const TYPE_AT_START = /^\s*\{\s*"type"\s*:\s*"([^"\\]{1,100})"/;

/**
 * Decodes a damaged line as a `malformed` event.
 *
 * Reports the `type` if it can still be read, and lets it change `state`: the `type` alone decides whether a turn is
 * over.
 */
export function decodeDamagedLine(state: MutableState, line: ProblemLine): DecodedLine {
  const problem = { path: '', problem: LINE_PROBLEMS[line.problem] };
  const details = readableParts(line);
  const role = details.event_type === undefined ? undefined : findEventType(details.event_type)?.role;
  const ids = inheritIds(state, role ?? 'other', isObject(details.raw) ? details.raw : {});
  return { event: malformedEvent(ids, { text: line.text, lineNumber: line.line_number }, problem, details), problem };
}

/** Only the start of an oversize line is there: the rest was cut. */
function readableParts({ text, problem }: ProblemLine): { readonly event_type?: string; readonly raw?: unknown } {
  if (problem === 'oversize') {
    const type = TYPE_AT_START.exec(text)?.[1];
    return type === undefined ? {} : { event_type: type };
  }
  try {
    const raw: unknown = JSON.parse(text);
    return isObject(raw) && typeof raw.type === 'string' ? { event_type: raw.type, raw } : { raw };
  } catch {
    return {};
  }
}
