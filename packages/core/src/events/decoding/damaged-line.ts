import { isObject } from '../codecs/fields.js';
import type { ProblemLine } from '../raw-line.js';
import { inherit, type Memory } from './context.js';
import type { Decoded } from './decode-value.js';
import { kindOf } from './kinds.js';
import { malformedEvent } from './misfits.js';

const PROBLEMS: Readonly<Record<ProblemLine['problem'], string>> = {
  oversize: 'the line is longer than maxLineBytes; raise it to read such lines',
  invalid_utf8: 'the line is not valid UTF-8',
};

const TYPE_AT_START = /^\s*\{\s*"type"\s*:\s*"([^"\\]{1,100})"/;

/** What can still be read of a damaged line. An oversize one was cut, so only its start is looked at. */
function salvage({ text, problem }: ProblemLine): { readonly event_type?: string; readonly raw?: unknown } {
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

/**
 * A line that came damaged is malformed, but its `type` is told where it can be seen, and moves `memory` on: whether a turn is over is
 * judged by the type alone.
 */
export function decodeDamagedLine(memory: Memory, line: ProblemLine): Decoded {
  const problem = { path: '', problem: PROBLEMS[line.problem] };
  const found = salvage(line);
  const role = found.event_type === undefined ? undefined : kindOf(found.event_type)?.role;
  const ids = inherit(memory, role ?? 'other', isObject(found.raw) ? found.raw : {});
  return { event: malformedEvent(ids, { text: line.text, lineNumber: line.line_number }, problem, found), problem };
}
