import { type Dirent, type Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { InputError } from '../errors/input-error.js';
import { toInputError } from '../errors/to-input-error.js';
import { homeExists } from './home-exists.js';

/** `sessions` holds year, month and day folders, `archived_sessions` is flat; both may be arranged otherwise. */
const FOLDERS = ['sessions', 'archived_sessions'];
const NAME = /^rollout-.*\.jsonl$/;
const START = /^rollout-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)/;

export type Report = (problem: InputError) => void;

/** The paths of all rollouts of a home, newest first. Missing folders hold none; unreadable ones are reported. Rejects with a `HomeError` if the home is no folder. */
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
      const kind = await kindOf(entry, path, report);
      if (kind?.isDirectory() === true) await visit(path);
      else if (kind?.isFile() === true && NAME.test(entry.name))
        found.push({ path, start: await startOf(path, report) });
    }
  };
  for (const folder of FOLDERS) await visit(join(home, folder));
  // The name's last part, a time-ordered id, decides between files of the same second.
  const key = ({ path, start }: (typeof found)[number]) => `${start} ${basename(path)}`;
  return found.sort((a, b) => (key(a) < key(b) ? 1 : -1)).map(({ path }) => path);
}

/** What an entry is, or what a link points to. */
async function kindOf(entry: Dirent, path: string, report: Report): Promise<Dirent | Stats | undefined> {
  return entry.isSymbolicLink() ? attempt(() => stat(path), path, report) : entry;
}

/** The start of the session, in the form of the name; for another name, when the file was last written. */
async function startOf(path: string, report: Report): Promise<string> {
  const inName = START.exec(basename(path))?.[1];
  if (inName !== undefined) return inName;
  const stats = await attempt(() => stat(path), path, report);
  if (stats === undefined) return '';
  const local = new Date(stats.mtimeMs - stats.mtime.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(':', '-');
}

/** `undefined` for what is not there (any more) and for what cannot be read. */
async function attempt<T>(task: () => Promise<T>, path: string, report: Report): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report(toInputError(path, error));
    return undefined;
  }
}
