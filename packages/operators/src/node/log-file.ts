import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

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

/** A file that is appended to synchronously. Methods throw the errors of `node:fs`. */
export class LogFile {
  readonly #path: string;
  readonly #options: LogFileOptions;
  #fd: number;
  #size: number;

  constructor(path: string, options: LogFileOptions) {
    this.#path = path;
    this.#options = options;
    if (options.mkdir !== false) mkdirSync(dirname(path), { recursive: true });
    this.#fd = openSync(path, options.append === false ? 'w' : 'a', 0o600);
    this.#size = fstatSync(this.#fd).size;
  }

  append(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    const { rotate, flush } = this.#options;
    if (rotate !== undefined && this.#size > 0 && this.#size + bytes.length > rotate.maxBytes) {
      this.#rotate(rotate.keep ?? 5);
    }
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
    this.#size += bytes.length;
    if (flush === true) fsyncSync(this.#fd);
  }

  /** May be called again. */
  close(): void {
    const fd = this.#fd;
    this.#fd = -1;
    if (fd >= 0) closeSync(fd);
  }

  /** Path of the file that was moved away so many times. */
  #old(times: number): string {
    return times === 0 ? this.#path : `${this.#path}.${String(times)}`;
  }

  #rotate(keep: number): void {
    this.close();
    if (keep === 0) rmSync(this.#path, { force: true });
    for (let number = keep; number >= 1; number--) {
      renameIfThere(this.#old(number - 1), this.#old(number));
    }
    this.#fd = openSync(this.#path, 'a', 0o600);
    this.#size = 0;
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
