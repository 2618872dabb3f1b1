import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const CHUNK_BYTES = 1024 * 1024;
/** A longer line is skipped: it bounds the memory. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
const LF = 0x0a;

/** Called with a line without its end: bytes `start` to `end`. They are only valid during the call. */
export type OnLine = (bytes: Buffer, start: number, end: number) => void;

export interface ScanOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes of each chunk. */
  readonly onBytes?: ((count: number) => void) | undefined;
  /** Called for a line that is longer than 64 MiB. */
  readonly onTooLong?: (() => void) | undefined;
}

/**
 * Calls `onLine` with each line of a file. Splits at LF only. Memory does not depend on the length of the file.
 *
 * @throws the error of the file system, or the reason of `signal` when it aborts
 */
export async function scanLines(path: string, onLine: OnLine, options: ScanOptions = {}): Promise<void> {
  // A FIFO in the place of the file must not block.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw new Error('not a regular file');
    let buffer: Buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let kept = 0;
    let skipping = false;
    for (;;) {
      options.signal?.throwIfAborted();
      if (kept === buffer.length) buffer = grown(buffer);
      const { bytesRead } = await file.read(buffer, kept, buffer.length - kept);
      if (bytesRead === 0) break;
      options.onBytes?.(bytesRead);
      const end = kept + bytesRead;
      let start = 0;
      let newline = buffer.subarray(0, end).indexOf(LF, kept);
      while (newline !== -1) {
        if (!skipping && newline > start) onLine(buffer, start, newline);
        skipping = false;
        start = newline + 1;
        newline = buffer.subarray(0, end).indexOf(LF, start);
      }
      kept = end - start;
      if (kept >= MAX_LINE_BYTES || skipping) {
        if (!skipping) options.onTooLong?.();
        skipping = true;
        kept = 0;
      }
      buffer.copyWithin(0, start, start + kept);
    }
    if (kept > 0 && !skipping) onLine(buffer, 0, kept);
  } finally {
    await file.close();
  }
}

function grown(buffer: Buffer): Buffer {
  const next = Buffer.allocUnsafe(buffer.length * 2);
  buffer.copy(next);
  return next;
}
