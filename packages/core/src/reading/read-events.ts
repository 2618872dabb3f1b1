import type { Observable } from 'rxjs';
import { decodeEvents } from '../events/decode-events.js';
import type { ThreadEvent } from '../events/events.js';
import type { LogSource } from './open-source.js';
import { type ReadLinesOptions, readLines$ } from './read-lines.js';

/** Options of `readEvents$` and `readRecords$`. */
export interface ReadOptions extends ReadLinesOptions {
  /** Errors with `DecodeError` for unknown events and items and malformed lines. Default `false`: emits them. */
  readonly strict?: boolean | undefined;
  /** Adds the time of reading to each event, as `receivedAt` in ms since 1970. Default `false`. */
  readonly receivedAt?: boolean | undefined;
}

/**
 * Emits the events of a saved log in order, and completes at the end of the source.
 *
 * Opens the source on subscribe, reads only as fast as the subscriber consumes, and closes the source on unsubscribe
 * (destroys a stream). Skips blank lines; damaged lines become `malformed` events. The events do not depend on the
 * chunking of the source.
 *
 * Errors with `InputError` (`INPUT_FAILED`: missing file, folder, no permission, broken stream), with `AbortError`
 * (`ABORT_ERR`) when `signal` aborts, with `strict` with `DecodeError` (`DECODE_FAILED`), and with `RequestError`
 * (`REQUEST_INVALID`) for an invalid option. Errors of `paused$` pass through.
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
  return readLines$(source, options).pipe(decodeEvents({ strict: options.strict, receivedAt: options.receivedAt }));
}
