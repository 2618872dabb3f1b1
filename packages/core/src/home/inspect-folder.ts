import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface FolderInspection {
  readonly path: string;
  readonly exists: boolean;
  /** How many files there are, at any depth; links to folders are not followed. */
  readonly count: number;
  /** Their bytes. */
  readonly size: number;
  /** When the latest of them was written. */
  readonly modified: Date | undefined;
}

export async function inspectFolder(path: string): Promise<FolderInspection> {
  const names = await readdir(path, { recursive: true }).catch(() => []);
  return summarize(
    path,
    names.map((name) => join(path, name)),
  );
}

/** What is no file, or has gone meanwhile, is left out. */
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
