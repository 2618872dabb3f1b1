import { readEvents$, type ThreadEvent } from '@codex-rx/core';
import { type RolloutRecord, readRollout$, rolloutToEvents } from '@codex-rx/core/rollouts';
import { defer, from, type Observable, switchMap, tap } from 'rxjs';
import { type FollowOptions, followFile, openIfExists } from './follow-file.js';

/** A line with more bytes is not looked at to find out what a file is. */
const HEAD_BYTES = 1024 * 1024;
const MAX_HEAD_LINES = 10;

type OnRecord = (record: RolloutRecord) => void;

/**
 * Emits the events of a log or of a session file while it grows. The first line says which of both it is.
 *
 * @param path the file; a compressed session file (`.zst`) is read to its end
 * @param options the signal, which completes the Observable
 */
export function followEvents$(path: string, options: FollowOptions): Observable<ThreadEvent> {
  return path.endsWith('.zst') ? sessionEvents$(path) : eventsOf$(() => followFile(path, options));
}

/**
 * Emits the events of a log or of a session file, and completes at its end.
 *
 * @param source the file, or the bytes of one that is not compressed
 * @param onRecord called with the records of a session file
 */
export function fileEvents$(source: string | AsyncIterable<Uint8Array>, onRecord?: OnRecord): Observable<ThreadEvent> {
  if (typeof source !== 'string') return eventsOf$(() => source, onRecord);
  return source.endsWith('.zst') ? sessionEvents$(source, onRecord) : eventsOf$(() => readFile(source), onRecord);
}

async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  const file = await openIfExists(path);
  if (file === undefined) throw new Error(`Cannot read ${path}: no such file`);
  yield* file.createReadStream() as AsyncIterable<Uint8Array>;
}

function sessionEvents$(
  source: string | AsyncIterable<Uint8Array>,
  onRecord: OnRecord = () => undefined,
): Observable<ThreadEvent> {
  return readRollout$(source).pipe(tap(onRecord), rolloutToEvents({ receivedAt: true }));
}

function eventsOf$(read: () => AsyncIterable<Uint8Array>, onRecord?: OnRecord): Observable<ThreadEvent> {
  return defer(() => from(splitHead(read()[Symbol.asyncIterator]()))).pipe(
    switchMap(({ head, chunks }) => (isSession(head) ? sessionEvents$(chunks, onRecord) : readEvents$(chunks))),
  );
}

interface Split {
  /** The first line, and what was read with it. */
  readonly head: string;
  /** All chunks, those of the head included. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Reads up to the end of the first line. */
async function splitHead(chunks: AsyncIterator<Uint8Array>): Promise<Split> {
  const read: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    read.push(next.value);
    size += next.value.length;
    if (next.value.includes(10)) break;
  }
  const head = Buffer.concat(read)
    .toString()
    .replace(/^\uFEFF/, '');
  return { head, chunks: joined(read, chunks) };
}

async function* joined(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    // A subscriber may leave before the rest is read.
    await rest.return?.();
  }
}

/** The first line may be damaged. */
function isSession(head: string): boolean {
  return head.split('\n', MAX_HEAD_LINES).some(isRecord);
}

/** A record of a session has a time and a payload, or is the head of a session of an old CLI. */
function isRecord(line: string): boolean {
  try {
    const record: unknown = JSON.parse(line);
    if (typeof record !== 'object' || record === null) return false;
    return 'timestamp' in record && ('payload' in record || 'id' in record);
  } catch {
    return false;
  }
}
