import type { Either } from 'fp-ts/lib/Either.js';
import type { Option } from 'fp-ts/lib/Option.js';
import { DecodeError } from '../decode-error.js';
import type { ThreadEvent } from '../events.js';
import type { RawLine } from '../raw-line.js';
import { isCommonEvent } from '../schema/common.js';
import { isObject } from '../schema/fields.js';
import { decodeDamagedLine } from './damaged-line.js';
import { type DecodedLine, decodeValue } from './decode-value.js';
import type { MutableState } from './decoder-state.js';
import { BLANK_LINE, MAX_EXCERPT_CHARS, truncate } from './line-problems.js';
import { malformedEvent } from './malformed.js';

/** `Left` for an error, `Right(none)` for a blank line. */
export type DecodeResult = Either<DecodeError, Option<ThreadEvent>>;

const BLANK: DecodeResult = { _tag: 'Right', right: { _tag: 'None' } };

/** Decodes the next line and updates `state`. */
export function decodeLine(state: MutableState, line: RawLine, strict: boolean): DecodeResult {
  if (typeof line !== 'string') {
    state.lineNumber = line.line_number;
    return toResult(decodeDamagedLine(state, line), state, line.text, strict);
  }
  state.lineNumber += 1;
  if (line === '') return BLANK;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return BLANK_LINE.test(line) ? BLANK : toResult(notJson(state, line, error), state, line, strict);
  }
  if (isObject(value) && isCommonEvent(value)) {
    const event: Record<string, unknown> = value;
    if (event.thread_id === undefined && state.threadId !== undefined) event.thread_id = state.threadId;
    if (event.turn_id === undefined && state.turnId !== undefined) event.turn_id = state.turnId;
    return decoded(event as unknown as ThreadEvent);
  }
  return toResult(decodeValue(state, value, line, strict), state, line, strict);
}

/** Equal to `right(some(event))` of fp-ts, whose modules would take longer to load than all of the decoder. */
function decoded(event: ThreadEvent): DecodeResult {
  return { _tag: 'Right', right: { _tag: 'Some', value: event } };
}

function toResult(
  { event, problem }: DecodedLine,
  { lineNumber }: MutableState,
  text: string,
  strict: boolean,
): DecodeResult {
  if (problem === undefined || !strict) return decoded(event);
  const excerpt = truncate(text, MAX_EXCERPT_CHARS);
  return { _tag: 'Left', left: new DecodeError({ line: lineNumber, ...problem, excerpt }) };
}

function notJson(state: MutableState, text: string, error: unknown): DecodedLine {
  const problem = { path: '', problem: `not JSON${jsonErrorPosition(error)}` };
  return { event: malformedEvent(state, { text, lineNumber: state.lineNumber }, problem, {}), problem };
}

/** Takes only the position: the rest of the message quotes the line, which may contain a secret. */
function jsonErrorPosition(error: unknown): string {
  const position = /at position (\d+)/.exec((error as SyntaxError).message)?.[1];
  return position === undefined ? '' : ` (at character ${String(Number(position) + 1)})`;
}
