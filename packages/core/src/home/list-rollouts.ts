import { type Dirent, type Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { InputError } from '../errors/input-error.js';
import { toInputError } from '../errors/to-input-error.js';
import { homeExists } from './home-exists.js';

/** `sessions` contains year, month and day folders, `archived_sessions` is flat. Any arrangement is read. */
const FOLDERS = ['sessions', 'archived_sessions'];
/** The CLI may compress old sessions. */
const NAME = /^rollout-.*\.jsonl(?:\.zst)?$/;
const START = /^rollout-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)/;

export type Report = (problem: InputError) => void;

/**
 * Returns the paths of all rollouts of a home, newest first. A session that exists both plain and compressed counts
 * once. Reports folders that cannot be read; missing ones are empty.
 *
 * @throws HomeError (`HOME_FAILED`) if the home is not a folder
 */
export async function listRollouts(home: string, report: Report): Promise<string[]> {
  if (!(await homeExists(home))) return [];
  const found: { readonly path: string; readonly start: string }[] = [];
  const seen = new Set<string>();

  const visit = async (folder: string): Promise<void> => {
    const real = await attempt(() => realpath(folder), folder, report);
    if (real === undefined || seen.has(real)) return;
    seen.add(real);
    const entries = await attempt(() => readdir(folder, { withFileTypes: true }), folder, report);
    for (const entry of entries ?? []) {
      const path = join(folder, entry.name);
      const type = await entryType(entry, path, report);
      if (type?.isDirectory() === true) await visit(path);
      else if (type?.isFile() === true && NAME.test(entry.name))
        found.push({ path, start: await startOf(path, report) });
    }
  };
  for (const folder of FOLDERS) await visit(join(home, folder));
  const paths = new Set(found.map(({ path }) => path));
  const isCopy = ({ path }: (typeof found)[number]): boolean => path.endsWith('.zst') && paths.has(path.slice(0, -4));
  // The last part of the name is an id that grows with time: it decides between files of the same second.
  const key = ({ path, start }: (typeof found)[number]) => `${start} ${basename(path)}`;
  return found
    .filter((file) => !isCopy(file))
    .sort((a, b) => (key(a) < key(b) ? 1 : -1))
    .map(({ path }) => path);
}

/** Returns the type of an entry, or of the target of a link. */
async function entryType(entry: Dirent, path: string, report: Report): Promise<Dirent | Stats | undefined> {
  return entry.isSymbolicLink() ? attempt(() => stat(path), path, report) : entry;
}

/** Returns the start of the session in the form of the name. For any other name, uses the time of the last write. */
async function startOf(path: string, report: Report): Promise<string> {
  const inName = START.exec(basename(path))?.[1];
  if (inName !== undefined) return inName;
  const stats = await attempt(() => stat(path), path, report);
  if (stats === undefined) return '';
  const local = new Date(stats.mtimeMs - stats.mtime.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(':', '-');
}

/** Returns `undefined` for a missing file, and for an unreadable file, which it reports. */
async function attempt<T>(task: () => Promise<T>, path: string, report: Report): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report(toInputError(path, error));
    return undefined;
  }
}
