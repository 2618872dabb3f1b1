import { isObject } from '../codecs/shape.js';
import type { ProblemLine } from '../raw-line.js';
import { type DecoderState, inherit } from './context.js';
import { type Decoded, decodeValue } from './decode-value.js';
import { kindOf } from './kinds.js';
import { malformedEvent } from './misfits.js';

/** Unicode's idea of white space: unlike `trim`, it holds U+0085 and leaves out U+FEFF. */
const BLANK = /^\p{White_Space}*$/u;

/** Decodes a line of text; `undefined` if it is blank. */
export function parseLine(state: DecoderState, line: string, strict: boolean): Decoded | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    if (BLANK.test(line)) return undefined;
    const problem = { path: '', problem: `not JSON${positionIn(error)}` };
    return { event: malformedEvent({ ...state, next: state }, line, problem, {}), problem, next: state };
  }
  return decodeValue(state, value, line, strict);
}

/** Only the position: the rest of the engine's message quotes the line, which may hold a secret. */
function positionIn(error: unknown): string {
  const position = /at position (\d+)/.exec((error as SyntaxError).message)?.[1];
  return position === undefined ? '' : ` (at character ${String(Number(position) + 1)})`;
}

const PROBLEMS: Readonly<Record<ProblemLine['problem'], string>> = {
  oversize: 'the line is longer than maxLineBytes; raise it to read such lines',
  invalid_utf8: 'the line is not valid UTF-8',
};

const TYPE_AT_START = /^\s*\{\s*"type"\s*:\s*"([^"\\]{1,100})"/;

/** What can still be read of a damaged line. An oversize one was cut, so only its start is looked at. */
function salvage(line: ProblemLine): { readonly event_type?: string; readonly raw?: unknown } {
  if (line.problem === 'oversize') {
    const type = TYPE_AT_START.exec(line.text)?.[1];
    return type === undefined ? {} : { event_type: type };
  }
  try {
    const raw: unknown = JSON.parse(line.text);
    return isObject(raw) && typeof raw.type === 'string' ? { event_type: raw.type, raw } : { raw };
  } catch {
    return {};
  }
}

/**
 * A line that came damaged is malformed, but its `type` is told where it can be seen, and moves the context on: whether a turn is over
 * is judged by the type alone.
 */
export function parseProblemLine(state: DecoderState, line: ProblemLine): Decoded {
  const problem = { path: '', problem: PROBLEMS[line.problem] };
  const found = salvage(line);
  const role = found.event_type === undefined ? undefined : kindOf(found.event_type)?.role;
  const inherited = inherit(state, role ?? 'other', isObject(found.raw) ? found.raw : {});
  return { event: malformedEvent(inherited, line.text, problem, found), problem, next: inherited.next };
}
