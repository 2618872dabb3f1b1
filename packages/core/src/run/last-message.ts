import { closeSync, constants, ftruncateSync, lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { OutputError } from '../errors/index.js';
import { writeBeside } from '../home/write-beside.js';
import { errorMessage } from '../util/error-message.js';
import { openSafely, UnsafeFileError } from '../util/open-safely.js';
import { isWithin } from '../util/path-locations.js';
import { readRegularFile } from '../util/read-regular-file.js';

const MAX_LAST_MESSAGE_BYTES = 64 * 1024 * 1024;
/** The file may be writable nevertheless: its folder is not, or the file is a mount point. */
const REPLACEMENT_FAILED = ['EACCES', 'EPERM', 'EROFS', 'EBUSY'];
/** Files of the system, which must not be replaced. */
const SYSTEM_FOLDERS = ['/dev', '/proc'];

/** Returns the final message that the CLI has written, or `undefined` if it has not written one. */
export function readLastMessage(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readRegularFile(path, MAX_LAST_MESSAGE_BYTES, { followsLinks: false });
  } catch {
    return undefined;
  }
}

/**
 * Replaces the file of the request by the final message, without following a link or opening a FIFO.
 *
 * @throws OutputError
 */
export function writeLastMessage(path: string, text: string): void {
  assertReplaceable(path);
  try {
    replaceFile(path, text);
  } catch (error) {
    throw new OutputError('last-message', path, `cannot be written: ${errorMessage(error)}`, error);
  }
}

/**
 * Checks that a path names a file, a link or nothing.
 *
 * @throws OutputError
 */
export function assertReplaceable(path: string): void {
  const fail = (problem: string): OutputError =>
    new OutputError(
      'last-message',
      path,
      `${problem}. Choose another outputLastMessage.`,
      new UnsafeFileError(problem),
    );
  if (
    process.platform !== 'win32' &&
    SYSTEM_FOLDERS.some((folder) => isWithin(folder, path)) &&
    !isWithin('/dev/shm', path)
  )
    throw fail('belongs to the system');
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile() && !stats.isSymbolicLink()) throw fail('is not a regular file');
}

function replaceFile(path: string, text: string): void {
  let temporary: string | undefined;
  try {
    temporary = writeBeside(path, text);
    renameSync(temporary, path);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    if (!REPLACEMENT_FAILED.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    overwriteFile(path, text);
  }
}

function overwriteFile(path: string, text: string): void {
  const descriptor = openSafely(path, { flags: constants.O_WRONLY });
  try {
    ftruncateSync(descriptor, 0);
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}
