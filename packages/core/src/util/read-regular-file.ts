import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Without O_NONBLOCK, opening a FIFO waits for a writer. Windows does not have the flag. */
const FLAGS = process.platform === 'win32' ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Reads a file that others may have replaced. Fails for FIFOs and devices, which would block the host, and for more than `maxBytes`.
 *
 * @throws Error with the reason, or with the `code` of the system call
 */
export function readRegularFile(path: string, maxBytes: number): string {
  const file = openSync(path, FLAGS);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Error('not a regular file');
    const bytes = Buffer.alloc(Math.min(stats.size, maxBytes) + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length < bytes.length; length += count)
      count = readSync(file, bytes, length, bytes.length - length, null);
    if (length > maxBytes) throw new Error(`larger than ${maxBytes} bytes`);
    return bytes.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
}
