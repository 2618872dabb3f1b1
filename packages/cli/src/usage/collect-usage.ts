import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { findRollouts$ } from '@codex-rx/core/rollouts';
import { lastValueFrom, toArray } from 'rxjs';
import { type AggregateOptions, UsageAggregator, type UsageTable } from './aggregate.js';
import { readUsageFile } from './read-file.js';
import type { UsageEntry } from './read-session.js';

/** A file that could not be read. */
interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** How far the reading is. */
export interface UsageProgress {
  readonly files: number;
  readonly allFiles: number;
  /** In bytes. */
  readonly bytes: number;
  readonly allBytes: number;
}

export interface CollectOptions extends AggregateOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: UsageProgress) => void) | undefined;
}

export interface Usage extends UsageTable {
  /** The number of session files. */
  readonly files: number;
  readonly skipped: readonly SkippedFile[];
  /** The number of lines that are not records, in how many files. */
  readonly damaged: { readonly lines: number; readonly files: number };
}

const UUID = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.jsonl(?:\.zst)?$/i;

/**
 * Sums the tokens of all session files of a Codex home. Reads one file at a time.
 *
 * @throws HomeError (`HOME_FAILED`) if the home is not a folder, or the reason of `signal` when it aborts
 */
export async function collectUsage(home: string, options: CollectOptions): Promise<Usage> {
  const skipped: SkippedFile[] = [];
  const onSkipped = (problem: { readonly source: string; readonly message: string }): void => {
    skipped.push({ path: problem.source, reason: problem.message });
  };
  const paths = await lastValueFrom(findRollouts$(home, { onSkipped }).pipe(toArray()));
  const sizes = await Promise.all(paths.map(sizeOf));
  const aggregator = new UsageAggregator(options);
  const progress = { files: 0, allFiles: paths.length, bytes: 0, allBytes: sizes.reduce((sum, size) => sum + size, 0) };
  const damaged = { lines: 0, files: 0 };
  const filter = uniqueEntries(paths);

  for (const path of paths) {
    options.signal?.throwIfAborted();
    try {
      const { damagedLines } = await readUsageFile(
        path,
        filter(path, (entry) => {
          aggregator.add(entry);
        }),
        {
          signal: options.signal,
          onBytes: (count) => {
            progress.bytes += count;
            options.onProgress?.({ ...progress });
          },
        },
      );
      if (damagedLines > 0) {
        damaged.lines += damagedLines;
        damaged.files++;
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      skipped.push({ path, reason: error instanceof Error ? error.message : String(error) });
    }
    progress.files++;
    options.onProgress?.({ ...progress });
  }
  return { ...aggregator.table(), files: paths.length, skipped, damaged };
}

type Sink = (entry: UsageEntry) => void;

/** A session may have several files, such as a copy in the archive. Passes each of its entries once. */
function uniqueEntries(paths: readonly string[]): (path: string, sink: Sink) => Sink {
  const files = new Map<string, number>();
  for (const path of paths) {
    const id = idOf(path);
    files.set(id, (files.get(id) ?? 0) + 1);
  }
  const seen = new Map<string, Set<string>>();
  return (path, sink) => {
    const id = idOf(path);
    if ((files.get(id) ?? 0) < 2) return sink;
    const known = seen.get(id) ?? new Set();
    seen.set(id, known);
    const counts = new Map<string, number>();
    return (entry) => {
      const { time, tokens } = entry;
      const content = [time, tokens.input, tokens.cachedInput, tokens.output].join(' ');
      // Two responses of a file may be equal.
      const count = (counts.get(content) ?? 0) + 1;
      counts.set(content, count);
      const key = `${content} ${count}`;
      if (known.has(key)) return;
      known.add(key);
      sink(entry);
    };
  };
}

function idOf(path: string): string {
  return UUID.exec(basename(path))?.[1]?.toLowerCase() ?? path;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
