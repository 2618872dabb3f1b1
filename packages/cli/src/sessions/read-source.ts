import { readEvents$, type ThreadEvent } from '@codex-rx/core';
import { readRollout$, rolloutToEvents } from '@codex-rx/core/rollouts';
import { defer, from, type Observable, switchMap } from 'rxjs';
import { type FollowOptions, followFile, openIfExists } from './follow-file.js';

/** A line with more bytes is not looked at to find out what a file is. */
const HEAD_BYTES = 1024 * 1024;

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
 * @param path the file
 */
export function fileEvents$(path: string): Observable<ThreadEvent> {
  return path.endsWith('.zst') ? sessionEvents$(path) : eventsOf$(() => readFile(path));
}

async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  const file = await openIfExists(path);
  if (file === undefined) throw new Error(`Cannot read ${path}: no such file`);
  yield* file.createReadStream() as AsyncIterable<Uint8Array>;
}

function sessionEvents$(source: string | AsyncIterable<Uint8Array>): Observable<ThreadEvent> {
  return readRollout$(source).pipe(rolloutToEvents({ receivedAt: true }));
}

function eventsOf$(read: () => AsyncIterable<Uint8Array>): Observable<ThreadEvent> {
  return defer(() => from(splitHead(read()[Symbol.asyncIterator]()))).pipe(
    switchMap(({ head, chunks }) => (isSession(head) ? sessionEvents$(chunks) : readEvents$(chunks))),
  );
}

interface Split {
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
  const [head = ''] = Buffer.concat(read)
    .toString()
    .replace(/^\uFEFF/, '')
    .split('\n', 1);
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

/** A record of a session has a time and a payload, or is the head of a session of an old CLI. */
export function isSession(line: string): boolean {
  try {
    const record: unknown = JSON.parse(line);
    if (typeof record !== 'object' || record === null) return false;
    return 'timestamp' in record && ('payload' in record || 'id' in record);
  } catch {
    return false;
  }
}
