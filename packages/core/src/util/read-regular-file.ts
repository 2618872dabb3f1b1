import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Windows does not have these flags. */
const isWindows = process.platform === 'win32';
/** Without O_NONBLOCK, opening a FIFO waits for a writer. */
const FLAGS = isWindows ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK;
const NO_FOLLOW = isWindows ? 0 : constants.O_NOFOLLOW;

/**
 * Reads a file that others may have replaced. Throws for FIFOs and devices, which would block the host, and for files
 * larger than `maxBytes`; with `isStrict` also for bytes that are not UTF-8, which it replaces otherwise.
 *
 * @throws Error with the reason, or with the `code` of the system call
 */
export function readRegularFile(
  path: string,
  maxBytes: number,
  { followsLinks = true, isStrict = false } = {},
): string {
  const file = openSync(path, followsLinks ? FLAGS : FLAGS | NO_FOLLOW);
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) throw Object.assign(new Error('not a regular file'), { code: 'EISDIR' });
    if (!stats.isFile()) throw new Error('not a regular file');
    const bytes = Buffer.alloc(Math.min(stats.size, maxBytes) + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length < bytes.length; length += count)
      count = readSync(file, bytes, length, bytes.length - length, null);
    if (length > maxBytes) throw new Error(`larger than ${maxBytes} bytes`);
    const content = bytes.subarray(0, length);
    if (isStrict && !isUtf8(content)) throw new Error('not UTF-8 text');
    return content.toString('utf8');
  } finally {
    closeSync(file);
  }
}
