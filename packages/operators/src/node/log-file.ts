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
  /** Keep what is in the file. Default `true`; `false` empties it. */
  readonly append?: boolean | undefined;
  /** Have each line on the disk, not only with the operating system, before it is passed on. Default `false`. */
  readonly flush?: boolean | undefined;
  /** Create the folders of the path. Default `true`. */
  readonly mkdir?: boolean | undefined;
  /** Before a line that would make the file longer than `maxBytes`, the file becomes `<path>.1`, that one `<path>.2`, and so on. */
  readonly rotate?:
    | {
        readonly maxBytes: number;
        /** How many old files to keep. Default 5. */
        readonly keep?: number | undefined;
      }
    | undefined;
}

/** As `w`, but always at the end: another run may empty or lengthen the file. */
const emptied = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND;

/** A file that is appended to synchronously. Methods throw the errors of `node:fs`. */
export class LogFile {
  readonly #path: string;
  readonly #options: LogFileOptions;
  #fd: number;

  constructor(path: string, options: LogFileOptions) {
    // The host may change its working directory before a rotation.
    this.#path = resolve(path);
    this.#options = options;
    if (options.mkdir !== false) mkdirSync(dirname(this.#path), { recursive: true });
    this.#fd = openSync(this.#path, options.append === false ? emptied : 'a', 0o600);
    try {
      if (isTorn(this.#path, this.#fd)) writeSync(this.#fd, '\n');
    } catch (error) {
      this.close();
      throw error;
    }
  }

  append(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    const { rotate, flush } = this.#options;
    if (rotate !== undefined) {
      const size = this.#catchUp();
      if (size > 0 && size + bytes.length > rotate.maxBytes) this.#rotate(rotate.keep ?? 5);
    }
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
    if (flush === true) fsyncSync(this.#fd);
  }

  /** May be called again. */
  close(): void {
    const fd = this.#fd;
    this.#fd = -1;
    if (fd >= 0) closeSync(fd);
  }

  /** The size of the file. Another run that logs to the same path may have written to it, or have moved it away. */
  #catchUp(): number {
    const own = fstatSync(this.#fd);
    const there = statSync(this.#path, { throwIfNoEntry: false });
    if (there?.ino === own.ino && there.dev === own.dev) return own.size;
    this.close();
    this.#fd = openSync(this.#path, 'a', 0o600);
    return fstatSync(this.#fd).size;
  }

  /** Path of the file that was moved away so many times. */
  #old(times: number): string {
    return times === 0 ? this.#path : `${this.#path}.${String(times)}`;
  }

  #rotate(keep: number): void {
    this.close();
    if (keep === 0) rmSync(this.#path, { force: true });
    // Up to the first gap: those behind it need not make room.
    let free = 1;
    while (free < keep && existsSync(this.#old(free))) free++;
    for (let number = Math.min(free, keep); number >= 1; number--) {
      renameIfThere(this.#old(number - 1), this.#old(number));
    }
    this.#fd = openSync(this.#path, 'a', 0o600);
  }
}

/** Whether the last line of a file was cut off, as when the device was full or the host was killed: the next one would be glued to it. */
function isTorn(path: string, fd: number): boolean {
  const stats = fstatSync(fd);
  if (!stats.isFile() || stats.size === 0) return false;
  let readable: number;
  try {
    readable = openSync(path, 'r');
  } catch {
    // Who may only write to it cannot tell.
    return false;
  }
  try {
    const last = Buffer.alloc(1);
    return readSync(readable, last, 0, 1, stats.size - 1) === 1 && last.toString('latin1') !== '\n';
  } finally {
    closeSync(readable);
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
