import { defer, filter, map, type OperatorFunction } from 'rxjs';
import { createDecoder, type Decoder, type DecoderOptions } from './decoder.js';
import type { ThreadEvent } from './events.js';
import type { RawLine } from './raw-line.js';

/**
 * Decodes lines into events.
 *
 * Emits one event for each line that is not blank, in order, and completes when the source completes. Each
 * subscription has its own decoder.
 *
 * Without `strict`, a line that is not an event becomes a `malformed` event, and one of an unknown type an `unknown`
 * event. With `strict`, both end the Observable with a `DecodeError` (code `DECODE_FAILED`). Errors of the source
 * pass through.
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
        map((line) => unwrap(decoder.decode(line))),
        filter((event) => event !== undefined),
      );
    });
}

function unwrap(result: ReturnType<Decoder['decode']>): ThreadEvent | undefined {
  if (result._tag === 'Left') throw result.left;
  return result.right._tag === 'Some' ? result.right.value : undefined;
}
