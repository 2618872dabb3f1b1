import { defer, filter, map, type Observable } from 'rxjs';
import { createDecoder, type Decoder } from '../events/decoder.js';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import type { LogSource } from './open-source.js';
import type { ReadOptions } from './read-events.js';
import { readLines$ } from './read-lines.js';

/** An event and its line number. */
export interface EventRecord {
  /** 1-based physical line number; blank lines count, so there may be gaps. */
  readonly line_number: number;
  /** The event of the line. */
  readonly event: ThreadEvent;
}

/**
 * Like `readEvents$`, with the line number of each event: emits one record for each line that is not blank, and
 * completes at the end of the source. Options and errors are those of `readEvents$`.
 *
 * @example
 * ```ts
 * import { readRecords$ } from '@codex-rx/core';
 *
 * readRecords$('run.jsonl').subscribe({
 *   next: ({ line_number, event }) => {
 *     if (event.type === 'malformed') console.error(`line ${line_number}: ${event.error}`);
 *   },
 *   error: (error) => console.error(error.message),
 * });
 * ```
 */
export function readRecords$(source: LogSource, options: ReadOptions = {}): Observable<EventRecord> {
  return defer(() => {
    const decoder = createDecoder({ strict: options.strict, receivedAt: options.receivedAt });
    return readLines$(source, options).pipe(
      map((line) => recordOf(decoder, line)),
      filter((record) => record !== undefined),
    );
  });
}

function recordOf(decoder: Decoder, line: RawLine): EventRecord | undefined {
  const result = decoder.decode(line);
  if (result._tag === 'Left') throw result.left;
  if (result.right._tag === 'None') return undefined;
  return { line_number: decoder.state.lineNumber, event: result.right.value };
}
