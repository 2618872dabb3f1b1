import { defer, filter, map, type Observable } from 'rxjs';
import { DecodeError } from '../events/decode-error.js';
import type { RawLine } from '../events/raw-line.js';
import type { LogSource } from '../reading/open-source.js';
import type { ReadOptions } from '../reading/read-events.js';
import { readLines$ } from '../reading/read-lines.js';
import { decodeRecord } from './decode-record.js';
import type { RolloutRecord } from './records.js';

const EXCERPT = 200;

/**
 * Reads a rollout, the file in which the CLI keeps a session: emits its records in order, and completes at the end of the file.
 *
 * The source is opened on subscribe, read only as fast as it is consumed, and closed at once on unsubscribe. Blank lines are skipped; a
 * line that is no record is a `malformed` one, a record or payload of a type that is not known here an `unknown` one.
 *
 * Errors: `InputError` (`INPUT_FAILED`), `AbortError` (`ABORT_ERR`) by `signal`, `RequestError` (`REQUEST_INVALID`) for a bad option;
 * with `strict`, `DecodeError` (`DECODE_FAILED`) for what would be malformed or unknown.
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
    return readLines$(source, options).pipe(
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

function assertKnown(record: RolloutRecord, line: RawLine): void {
  const problem = problemOf(record);
  if (problem === undefined) return;
  const text = typeof line === 'string' ? line : line.text;
  throw new DecodeError({ line: record.line_number, path: '', problem, excerpt: text.slice(0, EXCERPT) });
}

function problemOf(record: RolloutRecord): string | undefined {
  if (record.type === 'malformed') return record.error;
  if (record.type === 'unknown') return `unknown record type ${record.record_type}`;
  if (!('type' in record.payload) || record.payload.type !== 'unknown') return undefined;
  return `unknown payload type ${String(record.payload.payload_type)} of ${record.type}`;
}
