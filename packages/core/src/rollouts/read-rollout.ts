import { catchError, defer, filter, map, type Observable } from 'rxjs';
import { isCodexError } from '../errors/is-codex-error.js';
import { toInputError } from '../errors/to-input-error.js';
import { DecodeError } from '../events/decode-error.js';
import { MAX_EXCERPT_CHARS, truncate } from '../events/decoding/line-problems.js';
import type { RawLine } from '../events/raw-line.js';
import type { LogSource } from '../reading/open-source.js';
import type { ReadOptions } from '../reading/read-events.js';
import { readLines$ } from '../reading/read-lines.js';
import { decodeRecord } from './decode-record.js';
import type { RolloutRecord } from './records.js';
import { compressedPath, openCompressed, readHeadBytes } from './rollout-source.js';

/**
 * Emits the records of a rollout, the file in which the CLI stores a session, in order, and completes at the end of
 * the file.
 *
 * Opens the source on subscribe, reads only as fast as the subscriber consumes, and closes the source on unsubscribe.
 * Skips blank lines. A line that is not a record becomes a `malformed` record; unknown types of records and payloads
 * become `unknown`.
 *
 * Decompresses a `.jsonl.zst` file (Node.js ≥ 22.15).
 *
 * Errors with `InputError` (`INPUT_FAILED`), with `AbortError` (`ABORT_ERR`) when `signal` aborts, with
 * `RequestError` (`REQUEST_INVALID`) for an invalid option, and with `strict` with `DecodeError` (`DECODE_FAILED`)
 * for a malformed or unknown record.
 *
 * @example
 * ```ts
 * import { readRollout$ } from '@codex-rx/core/rollouts';
 *
 * readRollout$('rollout.jsonl').subscribe({
 *   next: (record) => {
 *     if (record.type === 'session_meta') console.log(record.payload.cli_version, record.payload.cwd);
 *   },
 *   error: (error) => console.error(error.message), // Cannot read rollout.jsonl: no such file
 * });
 * ```
 */
export function readRollout$(source: LogSource, options: ReadOptions = {}): Observable<RolloutRecord> {
  return defer(() => {
    let lineNumber = 0;
    const compressed = compressedPath(source);
    const opened = compressed === undefined ? source : openCompressed(compressed);
    return readLines$(opened, options).pipe(
      catchError((error: unknown) => {
        // Names the file instead of the stream.
        if (compressed === undefined || !isCodexError(error, 'INPUT_FAILED')) throw error;
        throw toInputError(compressed, error.cause ?? error);
      }),
      map((line) => {
        lineNumber = typeof line === 'string' ? lineNumber + 1 : line.line_number;
        const record = decodeRecord(line, lineNumber);
        if (record !== undefined && options.strict === true) assertKnown(record, line);
        return record;
      }),
      filter((record) => record !== undefined),
    );
  });
}

/**
 * The start of a file has the data of its session and what the user said first. Files may have hundreds of megabytes.
 */
const HEAD_BYTES = 1024 * 1024;

/** Emits the records in the first megabyte of a rollout. The last one may be malformed, because it is cut. */
export function readRolloutHead$(path: string): Observable<RolloutRecord> {
  return defer(() => readRollout$(readHeadBytes(path, HEAD_BYTES))).pipe(
    catchError((error: unknown) => {
      if (!isCodexError(error, 'INPUT_FAILED')) throw error;
      throw error.source === path ? error : toInputError(path, error.cause ?? error);
    }),
  );
}

function assertKnown(record: RolloutRecord, line: RawLine): void {
  const problem = strictProblem(record);
  if (problem === undefined) return;
  const text = typeof line === 'string' ? line : line.text;
  throw new DecodeError({ line: record.line_number, path: '', problem, excerpt: truncate(text, MAX_EXCERPT_CHARS) });
}

function strictProblem(record: RolloutRecord): string | undefined {
  if (record.type === 'malformed') return record.error;
  if (record.type === 'unknown') return `unknown record type ${record.record_type}`;
  if (!('type' in record.payload) || record.payload.type !== 'unknown') return undefined;
  return `unknown payload type ${String(record.payload.payload_type)} of ${record.type}`;
}
