import { constants } from 'node:fs';
import { access, type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks at the file. */
const POLL_MS = 200;
const CHUNK_BYTES = 64 * 1024;

/** Options of `followFile`. */
export interface FollowOptions {
  /** Ends the iteration. */
  readonly signal: AbortSignal;
  /** Called when the file does not exist, before the wait for it. */
  readonly onMissing?: (() => void) | undefined;
}

/**
 * Reads a file while it grows, until the signal aborts.
 *
 * Waits for a file that does not exist yet. Reads the rest of a file that was moved or removed, then waits for the next
 * one at its path. Reads a file that was cut from its start. Ends when the file was replaced by a compressed one with
 * the ending `.zst`, as the CLI does with finished sessions.
 *
 * @param path the file; a folder, a pipe or a device is an error
 * @param options the signal
 * @returns the bytes in any chunking
 */
export async function* followFile(path: string, { signal, onMissing }: FollowOptions): AsyncGenerator<Uint8Array> {
  let isMissing = false;
  while (!signal.aborted) {
    const file = await openIfExists(path);
    if (file === undefined) {
      if (await exists(`${path}.zst`)) return;
      if (!isMissing) onMissing?.();
      isMissing = true;
      await sleep(signal);
      continue;
    }
    try {
      yield* followOpen(file, path, signal);
    } finally {
      await file.close();
    }
  }
}

/** Reads an open file until another file, or none, is at its path. */
async function* followOpen(file: FileHandle, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let position = 0;
  while (!signal.aborted) {
    // Before the read: what was written before the file was replaced is read below.
    const isReplaced = !(await isAt(file, path));
    const { size } = await file.stat();
    if (size < position) position = 0;
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, position);
      if (bytesRead === 0) break;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    if (isReplaced) return;
    await sleep(signal);
  }
}

/** A pipe at the path must not block, and nothing but a file has an end. */
export async function openIfExists(path: string): Promise<FileHandle | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(ignoreMissing);
  if (file === undefined || (await file.stat()).isFile()) return file;
  await file.close();
  throw new Error(`${path} is not a regular file. Name a log or a session file.`);
}

async function isAt(file: FileHandle, path: string): Promise<boolean> {
  const [own, current] = await Promise.all([file.stat(), stat(path).catch(ignoreMissing)]);
  return own.ino === current?.ino && own.dev === current.dev;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

async function sleep(signal: AbortSignal): Promise<void> {
  await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
}
