import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { none, type Option, some } from 'fp-ts/lib/Option.js';
import { DecodeError } from '../errors/decode-error.js';
import { type DecoderState, initialState } from './decoding/context.js';
import type { Decoded } from './decoding/decode-value.js';
import { cut } from './decoding/misfits.js';
import { parseLine, parseProblemLine } from './decoding/parse-line.js';
import type { ThreadEvent } from './events.js';
import type { RawLine } from './raw-line.js';

export type { DecoderState };

export interface DecoderOptions {
  /** Unknown events and items and malformed lines are `Left`; default `false`. */
  readonly strict?: boolean | undefined;
}

/** A decoder of one stream of lines: it remembers the thread, the turn and the line number. */
export interface Decoder {
  /**
   * Decodes the next line. Blank lines are `Right(none)`. Never throws.
   *
   * Without `strict`, the result is never a `Left`: a line that cannot be decoded is a `malformed` event, one of an unknown type an
   * `unknown` event. With it, both are `Left(DecodeError)` (code `DECODE_FAILED`), and the decoder goes on with the next line.
   */
  decode(line: RawLine): Either<DecodeError, Option<ThreadEvent>>;
  /** Forgets everything, as if new. */
  reset(): void;
  readonly state: DecoderState;
}

const EXCERPT = 200;
const blank: Either<DecodeError, Option<ThreadEvent>> = right(none);

function outcomeOf(line: RawLine, state: DecoderState, strict: boolean): Decoded | undefined {
  if (typeof line !== 'string') return parseProblemLine(state, line);
  return line === '' ? undefined : parseLine(state, line, strict);
}

/**
 * The pure step of a decoder: from what is remembered and a line to what is remembered after it and the result. The same state and
 * line always give the same answer, and neither is changed.
 */
export function step(
  state: DecoderState,
  line: RawLine,
  options: DecoderOptions = {},
): [DecoderState, Either<DecodeError, Option<ThreadEvent>>] {
  const strict = options.strict === true;
  const lineNumber = typeof line === 'string' ? state.lineNumber + 1 : line.line_number;
  const here: DecoderState = {
    lineNumber,
    threadId: state.threadId,
    turnId: state.turnId,
    syntheticTurns: state.syntheticTurns,
  };
  const decoded = outcomeOf(line, here, strict);
  if (decoded === undefined) return [here, blank];
  const { event, problem, next } = decoded;
  if (problem === undefined || !strict) return [next, right(some(event))];
  const text = typeof line === 'string' ? line : line.text;
  return [next, left(new DecodeError({ line: lineNumber, ...problem, excerpt: cut(text, EXCERPT) }))];
}

/**
 * Makes a decoder of one stream of lines.
 *
 * @example
 * ```ts
 * import { createDecoder } from '@codex-rx/core';
 *
 * const decoder = createDecoder();
 * const result = decoder.decode('{"type":"thread.started","thread_id":"t-1"}');
 * if (result._tag === 'Right' && result.right._tag === 'Some') console.log(result.right.value.type); // thread.started
 * ```
 */
export function createDecoder(options: DecoderOptions = {}): Decoder {
  let state = initialState;
  return {
    decode(line) {
      const [next, result] = step(state, line, options);
      state = next;
      return result;
    },
    reset() {
      state = initialState;
    },
    get state() {
      return state;
    },
  };
}
