import { stat } from 'node:fs/promises';
import { readRollout$ } from '@codex-rx/core/rollouts';
import { lastValueFrom, tap } from 'rxjs';
import { SessionReader, type UsageEntry } from './read-session.js';
import { scanLines } from './scan-lines.js';
import { parseUsageLine } from './usage-record.js';

/** The problems of a file. */
export interface FileResult {
  /** The number of lines that are not records. */
  readonly damagedLines: number;
}

export interface ReadFileOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes of each chunk. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/**
 * Reads the tokens of one session file and calls `onEntry` with each entry, in the order of the file.
 *
 * @throws the error of the file system, and `InputError` for a compressed file that cannot be read
 */
export async function readUsageFile(
  path: string,
  onEntry: (entry: UsageEntry) => void,
  options: ReadFileOptions = {},
): Promise<FileResult> {
  const reader = new SessionReader(path, onEntry);
  const damagedLines = path.endsWith('.zst')
    ? await readCompressed(path, reader, options)
    : await readPlain(path, reader, options);
  reader.end();
  return { damagedLines };
}

async function readPlain(path: string, reader: SessionReader, options: ReadFileOptions): Promise<number> {
  let damaged = 0;
  await scanLines(
    path,
    (bytes, start, end) => {
      const record = parseUsageLine(bytes, start, end);
      if (record === undefined) damaged++;
      else reader.next(record);
    },
    { ...options, onTooLong: () => damaged++ },
  );
  return damaged;
}

async function readCompressed(
  path: string,
  reader: SessionReader,
  { signal, onBytes }: ReadFileOptions,
): Promise<number> {
  let damaged = 0;
  const records$ = readRollout$(path, signal === undefined ? {} : { signal }).pipe(
    tap((record) => {
      if (record.type === 'malformed') damaged++;
      else {
        const payload = record.payload as Readonly<Record<string, unknown>>;
        reader.next({ type: record.type, timestamp: record.timestamp, payload });
      }
    }),
  );
  await lastValueFrom(records$, { defaultValue: undefined });
  onBytes?.((await stat(path)).size);
  return damaged;
}
