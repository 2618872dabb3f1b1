import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { none, type Option, some } from 'fp-ts/lib/Option.js';
import { isCommonEvent } from '../codecs/common.js';
import { isObject } from '../codecs/fields.js';
import { DecodeError } from '../decode-error.js';
import type { ThreadEvent } from '../events.js';
import type { RawLine } from '../raw-line.js';
import type { Memory } from './context.js';
import { decodeDamagedLine } from './damaged-line.js';
import { type Decoded, decodeValue } from './decode-value.js';
import { cut, malformedEvent } from './misfits.js';

export type Result = Either<DecodeError, Option<ThreadEvent>>;

const EXCERPT = 200;

/** Unicode's idea of white space: unlike `trim`, it holds U+0085 and leaves out U+FEFF. */
const BLANK = /^\p{White_Space}*$/u;

const nothing: Result = right(none);

/** Decodes the next line and moves `memory` on. */
export function decodeLine(memory: Memory, line: RawLine, strict: boolean): Result {
  if (typeof line !== 'string') {
    memory.lineNumber = line.line_number;
    return resultOf(decodeDamagedLine(memory, line), memory, line.text, strict);
  }
  memory.lineNumber += 1;
  if (line === '') return nothing;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return BLANK.test(line) ? nothing : resultOf(notJson(memory, line, error), memory, line, strict);
  }
  if (isObject(value) && isCommonEvent(value)) {
    const event: Record<string, unknown> = value;
    if (event.thread_id === undefined && memory.threadId !== undefined) event.thread_id = memory.threadId;
    if (event.turn_id === undefined && memory.turnId !== undefined) event.turn_id = memory.turnId;
    return right(some(event as unknown as ThreadEvent));
  }
  return resultOf(decodeValue(memory, value, line, strict), memory, line, strict);
}

function resultOf({ event, problem }: Decoded, { lineNumber }: Memory, text: string, strict: boolean): Result {
  if (problem === undefined || !strict) return right(some(event));
  return left(new DecodeError({ line: lineNumber, ...problem, excerpt: cut(text, EXCERPT) }));
}

function notJson(memory: Memory, text: string, error: unknown): Decoded {
  const problem = { path: '', problem: `not JSON${positionIn(error)}` };
  return { event: malformedEvent(memory, { text, lineNumber: memory.lineNumber }, problem, {}), problem };
}

/** Only the position: the rest of the engine's message quotes the line, which may hold a secret. */
function positionIn(error: unknown): string {
  const position = /at position (\d+)/.exec((error as SyntaxError).message)?.[1];
  return position === undefined ? '' : ` (at character ${String(Number(position) + 1)})`;
}
