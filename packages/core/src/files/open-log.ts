import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  renameSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { openSafely, UnsafeFileError } from '../util/open-safely.js';
import { isWithin } from '../util/path-locations.js';

const { O_APPEND, O_CREAT, O_EXCL, O_RDWR, O_WRONLY } = constants;
/** Devices that neither block nor have an effect. */
const SINKS: ReadonlySet<string> = new Set(['/dev/null', '/dev/full']);
/** Links in these folders belong to the system. */
const SYSTEM_FOLDERS = ['/dev', '/proc'];

/**
 * Opens a file to append to it, and creates it (mode 0600) if it is missing. Never follows a link, never blocks.
 *
 * Renames a symbolic link in the place of the file, with a process warning: the agent may have made it, to any file
 * of the user.
 *
 * @param options `append: false` empties the file
 * @returns the descriptor. Keep it: another process may replace what the path names.
 * @throws UnsafeFileError if the path names a FIFO, a device, a file of another user or a file with a second name
 */
export function openLog(path: string, { append = true }: { readonly append?: boolean | undefined } = {}): number {
  const absolute = resolve(path);
  const before = lstatSync(absolute, { throwIfNoEntry: false });
  if (before?.isCharacterDevice() === true && SINKS.has(absolute)) return openSync(absolute, O_WRONLY | O_APPEND);
  if (before?.isDirectory() === true)
    throw Object.assign(new UnsafeFileError(`${absolute} is a folder`), { code: 'EISDIR' });
  if (before?.isSymbolicLink() === true) setAside(absolute);
  const descriptor = openForAppending(absolute);
  try {
    assertOwned(absolute, fstatSync(descriptor));
    if (!append) ftruncateSync(descriptor, 0);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/**
 * Creates a file (mode 0600) to append to it.
 *
 * @returns the descriptor
 * @throws the error of the system call, `EEXIST` if the path exists
 */
export function createLog(path: string): number {
  return openSafely(path, { flags: O_RDWR | O_APPEND | O_CREAT | O_EXCL });
}

function openForAppending(path: string): number {
  try {
    // Readable as well, so that an incomplete last line can be found without opening the path again.
    return openSafely(path, { flags: O_RDWR | O_APPEND | O_CREAT });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    return openSafely(path, { flags: O_WRONLY | O_APPEND });
  }
}

/** Renames a link instead of removing it: what the path names may be exchanged at any moment. */
function setAside(path: string): void {
  if (SYSTEM_FOLDERS.some((folder) => isWithin(folder, path)))
    throw new UnsafeFileError(`${path} is a link of the system`);
  const aside = `${path}.${randomBytes(4).toString('hex')}.link`;
  renameSync(path, aside);
  if (!lstatSync(aside).isSymbolicLink()) {
    renameSync(aside, path);
    throw new UnsafeFileError(`${path} was exchanged while it was opened`);
  }
  process.emitWarning(`${path} was a symbolic link. It was renamed to ${aside}, and the log is a new file.`, {
    type: 'CodexRxWarning',
  });
}

/** The owner of a folder decides about its files anyway. */
function assertOwned(path: string, { uid, nlink }: Stats): void {
  if (process.getuid === undefined) return;
  if (nlink > 1) throw new UnsafeFileError(`${path} has another name (a hard link)`);
  if (uid !== process.getuid() && uid !== 0 && uid !== statSync(dirname(path)).uid)
    throw new UnsafeFileError(`${path} belongs to another user`);
}
