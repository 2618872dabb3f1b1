import { closeSync, constants, fstatSync, lstatSync, openSync, type Stats } from 'node:fs';

const isWindows = process.platform === 'win32';
/** Without O_NONBLOCK, opening a FIFO waits for its other end. Windows has neither flag. */
const SAFE = isWindows ? 0 : constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The opened file must not be used. */
export class UnsafeFileError extends Error {
  /** Always `UnsafeFileError`. */
  override readonly name = 'UnsafeFileError';
}

export interface OpenSafelyOptions {
  /** Flags of `open` in addition to those that make it safe. */
  readonly flags: number;
  /** Mode of a file that is created. Default 0600. */
  readonly mode?: number;
  /** Rejects a file of another user, with a second name, or that others may write to. */
  readonly isPrivate?: boolean;
}

/**
 * Opens a regular file that another process may have replaced. Never follows a link in the last part of the path, and
 * never blocks.
 *
 * @returns the descriptor
 * @throws UnsafeFileError if the path is a link, a FIFO, a device or a folder; the error of the system call otherwise
 */
export function openSafely(path: string, { flags, mode = 0o600, isPrivate = false }: OpenSafelyOptions): number {
  // Opening a device may have an effect of its own.
  const before = lstatSync(path, { throwIfNoEntry: false });
  if (before !== undefined) assertSafe(path, before, isPrivate);
  const descriptor = open(path, flags, mode);
  try {
    assertSafe(path, fstatSync(descriptor), isPrivate);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function open(path: string, flags: number, mode: number): number {
  try {
    return openSync(path, flags | SAFE, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP') throw new UnsafeFileError(`${path} is a symbolic link`);
    if (code === 'ENXIO') throw new UnsafeFileError(`${path} is not a regular file`);
    throw error;
  }
}

function assertSafe(path: string, stats: Stats, isPrivate: boolean): void {
  if (stats.isSymbolicLink()) throw new UnsafeFileError(`${path} is a symbolic link`);
  if (!stats.isFile()) throw new UnsafeFileError(`${path} is not a regular file`);
  if (!isPrivate || process.getuid === undefined) return;
  if (stats.uid !== process.getuid()) throw new UnsafeFileError(`${path} belongs to another user`);
  if ((stats.mode & 0o022) !== 0) throw new UnsafeFileError(`${path} is writable by other users`);
  if (stats.nlink !== 1) throw new UnsafeFileError(`${path} has another name (a hard link)`);
}
