import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder of a home. */
export interface FolderInspection {
  /** The path of the folder. */
  readonly path: string;
  /** Whether the folder exists. */
  readonly exists: boolean;
  /** The number of files at any depth. Links to folders are not followed. */
  readonly count: number;
  /** The total size in bytes. */
  readonly size: number;
  /** The time of the last write to any file. */
  readonly modified: Date | undefined;
}

export async function inspectFolder(path: string): Promise<FolderInspection> {
  const names = await readdir(path, { recursive: true }).catch(() => []);
  return summarize(
    path,
    names.map((name) => join(path, name)),
  );
}

/** Skips entries that are not files, or do not exist any more. */
export async function summarize(path: string, files: readonly string[]): Promise<FolderInspection> {
  let [count, size, latest] = [0, 0, Number.NEGATIVE_INFINITY];
  for (const file of files) {
    const stats = await stat(file).catch(() => undefined);
    if (stats?.isFile() !== true) continue;
    count += 1;
    size += stats.size;
    latest = Math.max(latest, stats.mtimeMs);
  }
  const exists = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  return { path, exists, count, size, modified: count === 0 ? undefined : new Date(latest) };
}
