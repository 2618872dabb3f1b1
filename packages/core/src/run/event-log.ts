import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { OutputError } from '../errors/index.js';
import { warnOnError } from '../util/warn-on-error.js';

/** Appends raw bytes to a file, synchronously: they are in the file before anything that they mean is emitted. */
export interface EventLog {
  /** Throws an `OutputError`. */
  readonly write: (chunk: Buffer) => void;
  readonly close: () => void;
}

export function openEventLog(path: string): EventLog {
  const absolute = resolve(path);
  const fail = (problem: string, error: unknown): OutputError =>
    new OutputError(
      'event-log',
      absolute,
      `${problem}: ${error instanceof Error ? error.message : String(error)}. Make room there, or choose another eventLog.`,
      error,
    );
  let fd: number | undefined;
  try {
    mkdirSync(dirname(absolute), { recursive: true });
    fd = openSync(absolute, 'a');
  } catch (error) {
    throw fail('cannot be opened', error);
  }
  return {
    write(chunk) {
      if (fd === undefined) return;
      try {
        for (let written = 0; written < chunk.length; ) written += writeSync(fd, chunk, written);
      } catch (error) {
        throw fail('cannot be written to', error);
      }
    },
    close() {
      const open = fd;
      fd = undefined;
      if (open !== undefined) {
        warnOnError(`could not close ${absolute}`, () => {
          closeSync(open);
        });
      }
    },
  };
}
