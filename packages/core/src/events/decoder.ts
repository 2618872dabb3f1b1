import type { Either } from 'fp-ts/lib/Either.js';
import type { Option } from 'fp-ts/lib/Option.js';
import type { DecodeError } from './decode-error.js';
import { type DecoderState, initialState } from './decoding/context.js';
import { decodeLine } from './decoding/decode-line.js';
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

/**
 * The pure step of a decoder: from what is remembered and a line to what is remembered after it and the result. The same state and
 * line always give the same answer, and neither is changed.
 */
export function decodeStep(
  state: DecoderState,
  line: RawLine,
  options: DecoderOptions = {},
): [DecoderState, Either<DecodeError, Option<ThreadEvent>>] {
  const memory = { ...state };
  const result = decodeLine(memory, line, options.strict === true);
  return [memory, result];
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
  const strict = options.strict === true;
  let memory = { ...initialState };
  return {
    decode: (line) => decodeLine(memory, line, strict),
    reset() {
      memory = { ...initialState };
    },
    get state() {
      return { ...memory };
    },
  };
}
