import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';

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

/** As the flag `w`, but always writes at the end: another run may truncate the file or append to it. */
const TRUNCATE = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND;

/** Appends to a file synchronously. Methods throw the errors of `node:fs`. */
export class LogFile {
  readonly #path: string;
  readonly #options: LogFileOptions;
  #fd: number;

  constructor(path: string, options: LogFileOptions) {
    // The working directory of the host may change before a rotation.
    this.#path = resolve(path);
    this.#options = options;
    if (options.mkdir !== false) mkdirSync(dirname(this.#path), { recursive: true });
    this.#fd = openSync(this.#path, options.append === false ? TRUNCATE : 'a', 0o600);
    try {
      if (hasIncompleteLine(this.#path, this.#fd)) writeSync(this.#fd, '\n');
    } catch (error) {
      this.close();
      throw error;
    }
  }

  append(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    const { rotate, flush } = this.#options;
    if (rotate !== undefined) {
      const size = this.#currentSize();
      if (size > 0 && size + bytes.length > rotate.maxBytes) this.#rotate(rotate.keep ?? 5);
    }
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
    if (flush === true) fsyncSync(this.#fd);
  }

  /** Closes the file. Further calls have no effect. */
  close(): void {
    const fd = this.#fd;
    this.#fd = -1;
    if (fd >= 0) closeSync(fd);
  }

  /** Returns the size of the file. Opens it again if another run has rotated it. */
  #currentSize(): number {
    const own = fstatSync(this.#fd);
    const there = statSync(this.#path, { throwIfNoEntry: false });
    if (there?.ino === own.ino && there.dev === own.dev) return own.size;
    this.close();
    this.#fd = openSync(this.#path, 'a', 0o600);
    return fstatSync(this.#fd).size;
  }

  /** Path of the file after this number of rotations. */
  #rotatedPath(times: number): string {
    return times === 0 ? this.#path : `${this.#path}.${String(times)}`;
  }

  #rotate(keep: number): void {
    this.close();
    if (keep === 0) rmSync(this.#path, { force: true });
    // Files behind the first gap can stay where they are.
    let free = 1;
    while (free < keep && existsSync(this.#rotatedPath(free))) free++;
    for (let number = Math.min(free, keep); number >= 1; number--) {
      renameIfExists(this.#rotatedPath(number - 1), this.#rotatedPath(number));
    }
    this.#fd = openSync(this.#path, 'a', 0o600);
  }
}

/** Whether the last line of a file is incomplete, because the device was full or the host was killed. */
function hasIncompleteLine(path: string, fd: number): boolean {
  const stats = fstatSync(fd);
  if (!stats.isFile() || stats.size === 0) return false;
  let readable: number;
  try {
    readable = openSync(path, 'r');
  } catch {
    // The file is write-only.
    return false;
  }
  try {
    const last = Buffer.alloc(1);
    return readSync(readable, last, 0, 1, stats.size - 1) === 1 && last.toString('latin1') !== '\n';
  } finally {
    closeSync(readable);
  }
}

function renameIfExists(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
