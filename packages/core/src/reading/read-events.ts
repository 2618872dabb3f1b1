import type { Observable } from 'rxjs';
import { decodeEvents } from '../events/decode-events.js';
import type { ThreadEvent } from '../events/events.js';
import type { LogSource } from './open-source.js';
import { type ReadLinesOptions, readLines$ } from './read-lines.js';

export interface ReadOptions extends ReadLinesOptions {
  /** Unknown events and items and malformed lines end the reading with a `DecodeError`. Default `false`: they are events. */
  readonly strict?: boolean | undefined;
}

/**
 * Reads a saved log: emits each of its events in order, and completes at the end of the source.
 *
 * The source is opened on subscribe, read only as fast as it is consumed, and closed at once on unsubscribe (a stream that was given is
 * destroyed). Blank lines are skipped, damaged ones are `malformed` events. What is read stays the same for every chunking.
 *
 * Errors: `InputError` (`INPUT_FAILED`: missing file, folder, no permission, broken stream), `AbortError` (`ABORT_ERR`) by `signal`,
 * `DecodeError` (`DECODE_FAILED`) with `strict`, `RequestError` (`REQUEST_INVALID`) for a bad option; errors of `paused$` pass through.
 *
 * @example
 * ```ts
 * import { readEvents$ } from '@codex-rx/core';
 *
 * readEvents$('run.jsonl').subscribe({
 *   next: (event) => {
 *     if (event.type === 'item.completed' && event.item.type === 'agent_message') console.log(event.item.text);
 *   },
 *   error: (error) => console.error(error.message), // Cannot read run.jsonl: no such file
 * });
 * ```
 */
export function readEvents$(source: LogSource, options: ReadOptions = {}): Observable<ThreadEvent> {
  return readLines$(source, options).pipe(decodeEvents({ strict: options.strict }));
}
