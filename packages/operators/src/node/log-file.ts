import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createFolder, createLog, openLog, UnsafeFileError } from '@codex-rx/core/files';
import { RotatedFiles } from './rotated-files.js';

export interface LogFileOptions {
  /** Whether to append to the file. Default `true`; `false` empties it. */
  readonly append?: boolean | undefined;
  /** Whether to flush each line to the disk before it is emitted. Default `false`. */
  readonly flush?: boolean | undefined;
  /** Whether to create the folders of the path. Default `true`. */
  readonly mkdir?: boolean | undefined;
  /** Renames the file to `<path>.1`, and that one to `<path>.2`, before a line that would exceed `maxBytes`. */
  readonly rotate?:
    | {
        readonly maxBytes: number;
        /** Number of old files to keep. Default 5. */
        readonly keep?: number | undefined;
      }
    | undefined;
}

const rotatedFiles = new RotatedFiles();

/** Appends to a file synchronously. Methods throw `UnsafeFileError` and the errors of `node:fs`. */
export class LogFile {
  readonly #path: string;
  readonly #options: LogFileOptions;
  #fd: number;
  #isClosed = false;

  constructor(path: string, options: LogFileOptions) {
    // The working directory of the host may change before a rotation.
    this.#path = resolve(path);
    this.#options = options;
    if (options.mkdir !== false) createFolder(dirname(this.#path));
    this.#fd = openLog(this.#path, options);
    rotatedFiles.acquire(this.#path);
    try {
      if (hasIncompleteLine(this.#fd)) writeSync(this.#fd, '\n');
    } catch (error) {
      this.close();
      throw error;
    }
  }

  append(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    const { rotate, flush } = this.#options;
    if (rotate !== undefined) {
      const { size } = this.#followRotation();
      if (size > 0 && size + bytes.length > rotate.maxBytes) this.#rotate(rotate.keep ?? 5);
    }
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
    if (flush === true) fsyncSync(this.#fd);
  }

  /** Closes the file. Further calls have no effect. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    rotatedFiles.release(this.#path);
    this.#closeDescriptor();
  }

  #closeDescriptor(): void {
    const fd = this.#fd;
    this.#fd = -1;
    if (fd >= 0) closeSync(fd);
  }

  /**
   * Opens the file that another run of this process has created by a rotation. Keeps the descriptor if the path names
   * any other file, which may come from the agent.
   */
  #followRotation(): Stats {
    const own = fstatSync(this.#fd);
    const there = lstatSync(this.#path, { throwIfNoEntry: false });
    if (there === undefined || isSame(there, own) || !rotatedFiles.isCreated(this.#path, there)) return own;
    const fd = openLog(this.#path);
    const opened = fstatSync(fd);
    if (!isSame(opened, there)) {
      closeSync(fd);
      return own;
    }
    closeSync(this.#fd);
    this.#fd = fd;
    return opened;
  }

  /** Path of the file after this number of rotations. */
  #rotatedPath(times: number): string {
    return times === 0 ? this.#path : `${this.#path}.${String(times)}`;
  }

  #rotate(keep: number): void {
    const there = lstatSync(this.#path, { throwIfNoEntry: false });
    if (there !== undefined && !isSame(there, fstatSync(this.#fd)))
      throw new UnsafeFileError(`${this.#path} was replaced while it was open`);
    this.#closeDescriptor();
    if (keep === 0) rmSync(this.#path, { force: true });
    // Files behind the first gap can stay where they are.
    let free = 1;
    while (free < keep && existsSync(this.#rotatedPath(free))) free++;
    for (let number = Math.min(free, keep); number >= 1; number--) {
      renameIfExists(this.#rotatedPath(number - 1), this.#rotatedPath(number));
    }
    this.#fd = createLog(this.#path);
    rotatedFiles.setCreated(this.#path, fstatSync(this.#fd));
  }
}

const isSame = (one: Stats, other: Stats): boolean => one.ino === other.ino && one.dev === other.dev;

/** Returns whether the last line of a file is incomplete, because the device was full or the host was killed. */
function hasIncompleteLine(fd: number): boolean {
  const stats = fstatSync(fd);
  if (!stats.isFile() || stats.size === 0) return false;
  const last = Buffer.alloc(1);
  try {
    return readSync(fd, last, 0, 1, stats.size - 1) === 1 && last.toString('latin1') !== '\n';
  } catch {
    // The file is write-only.
    return false;
  }
}

function renameIfExists(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
