import { closeSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { OutputError } from '../errors/index.js';
import { createFolder, openLog } from '../files/index.js';
import { errorMessage } from '../util/error-message.js';
import { warnOnError } from '../util/warn-on-error.js';

/** Appends raw bytes to a file, synchronously: they are in the file before anything that they mean is emitted. */
export interface EventLog {
  /** Throws an `OutputError`. */
  readonly write: (chunk: Buffer) => void;
  readonly close: () => void;
}

export function openEventLog(path: string): EventLog {
  const absolute = resolve(path);
  const fail = (problem: string, error: unknown): OutputError => {
    const advice = (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'Make room there' : 'Check the path';
    const message = `${problem}: ${errorMessage(error)}. ${advice}, or choose another eventLog.`;
    return new OutputError('event-log', absolute, message, error);
  };
  let fd: number | undefined;
  try {
    createFolder(dirname(absolute));
    fd = openLog(absolute);
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
