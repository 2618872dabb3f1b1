import { closeSync, constants, createReadStream, fstatSync, openSync, type ReadStream } from 'node:fs';
import { InputError } from '../errors/input-error.js';
import { toInputError } from '../errors/to-input-error.js';

/** Without O_NONBLOCK, opening a FIFO waits for a writer. Windows does not have the flag. */
const FLAGS = process.platform === 'win32' ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Opens a file for reading. Each read of a FIFO, a socket or a device may block one of the few threads that Node.js
 * has for files, and destroying the stream does not free the thread.
 *
 * @param end the last byte to read; by default that of the file
 * @throws InputError (`INPUT_FAILED`) for a file that cannot be opened, and for a FIFO, a socket or a device
 */
export function openFile(path: string, end: number = Number.POSITIVE_INFINITY): ReadStream {
  const fd = open(path);
  const stats = fstatSync(fd);
  if (stats.isFile() || stats.isDirectory()) return createReadStream(path, { fd, end });
  closeSync(fd);
  throw new InputError(path, 'it is not a regular file. Pass a stream instead, such as process.stdin');
}

function open(path: string): number {
  try {
    return openSync(path, FLAGS);
  } catch (error) {
    throw toInputError(path, error);
  }
}
