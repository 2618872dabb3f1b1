import { defer, filter, map, type OperatorFunction } from 'rxjs';
import { createDecoder, type Decoder, type DecoderOptions } from './decoder.js';
import type { ThreadEvent } from './events.js';
import type { RawLine } from './raw-line.js';

/**
 * Decodes lines into events, in their order.
 *
 * Emits one event for each line that is not blank: without `strict`, a line that is no event is a `malformed` one, and one of an unknown
 * type an `unknown` one. Completes when the source does. With `strict: true`, either of these ends the stream with a `DecodeError`
 * (code `DECODE_FAILED`), which unsubscribes from the source. Errors of the source are passed on. Each subscription has a decoder of its own.
 *
 * @example
 * ```ts
 * import { decodeEvents } from '@codex-rx/core';
 * import { of } from 'rxjs';
 *
 * of('{"type":"thread.started","thread_id":"t-1"}', '', '{"type":"turn.started"}')
 *   .pipe(decodeEvents())
 *   .subscribe((event) => console.log(event.type, event.thread_id)); // thread.started t-1, turn.started t-1
 * ```
 */
export function decodeEvents(options: DecoderOptions = {}): OperatorFunction<RawLine, ThreadEvent> {
  return (lines$) =>
    defer(() => {
      const decoder = createDecoder(options);
      return lines$.pipe(
        map((line) => eventIn(decoder.decode(line))),
        filter((event) => event !== undefined),
      );
    });
}

function eventIn(result: ReturnType<Decoder['decode']>): ThreadEvent | undefined {
  if (result._tag === 'Left') throw result.left;
  return result.right._tag === 'Some' ? result.right.value : undefined;
}
