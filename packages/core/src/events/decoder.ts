import { asyncScheduler } from 'rxjs';
import { type DecodeResult, decodeLine } from './decoding/decode-line.js';
import { type DecoderState, initialDecoderState } from './decoding/decoder-state.js';
import type { ThreadEvent } from './events.js';
import type { RawLine } from './raw-line.js';

export type { DecoderState };

/** Options of a decoder. */
export interface DecoderOptions {
  /** Returns a `Left` for unknown events and items and for malformed lines. Default: `false`. */
  readonly strict?: boolean | undefined;
  /** Adds the time of decoding to each event, as `receivedAt` in ms since 1970. Default: `false`. */
  readonly receivedAt?: boolean | undefined;
}

/** Decodes one stream of lines. Keeps the thread, the turn and the line number between lines. */
export interface Decoder {
  /**
   * Decodes the next line. Never throws.
   *
   * A blank line is `Right(none)`. Without `strict`, a line that cannot be decoded becomes a `malformed` event, and
   * one of an unknown type an `unknown` event. With `strict`, both are `Left(DecodeError)` (code `DECODE_FAILED`);
   * the decoder continues with the next line.
   *
   * @returns an fp-ts `Either`
   */
  decode(line: RawLine): DecodeResult;
  /** Resets the state to that of a new decoder. */
  reset(): void;
  /** The state after the last line. A copy. */
  readonly state: DecoderState;
}

/**
 * Decodes one line as a pure function: the same state and line always return the same result.
 *
 * @param state the state before the line; not changed
 * @returns the state after the line, and what {@link Decoder.decode} returns
 */
export function decodeStep(
  state: DecoderState,
  line: RawLine,
  options: DecoderOptions = {},
): [DecoderState, DecodeResult] {
  const next = { ...state };
  const result = decodeLine(next, line, options.strict === true);
  return [next, result];
}

/**
 * Creates a decoder for one stream of lines.
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
  let state = { ...initialDecoderState };
  return {
    decode: (line) => {
      const result = decodeLine(state, line, strict);
      return options.receivedAt === true ? withTime(result) : result;
    },
    reset() {
      state = { ...initialDecoderState };
    },
    get state() {
      return { ...state };
    },
  };
}

function withTime(result: DecodeResult): DecodeResult {
  if (result._tag === 'Left' || result.right._tag === 'None') return result;
  const event: ThreadEvent = { ...result.right.value, receivedAt: asyncScheduler.now() };
  return { ...result, right: { ...result.right, value: event } };
}
