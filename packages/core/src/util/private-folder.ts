import { lstatSync, mkdirSync, readFileSync, realpathSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { createFolder } from './create-folder.js';

/**
 * Creates nested folders that only this user can access, below a folder whose path other users cannot replace.
 *
 * @returns the path of the innermost folder, without links
 * @throws Error with the reason if a folder belongs to another user, is a link, or can be written to by others
 */
export function createPrivateFolder(parent: string, ...names: readonly string[]): string {
  createFolder(parent, 0o700);
  const base = realpathSync(parent);
  for (let folder = base; ; folder = dirname(folder)) {
    assertNotReplaceable(folder, lstatSync(folder));
    if (dirname(folder) === folder) break;
  }
  let path = base;
  for (const name of names) {
    path = join(path, name);
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    assertPrivate(path, lstatSync(path));
  }
  return path;
}

/**
 * Throws if users other than this user and root can rename entries. A sticky folder, such as `/tmp`, protects its
 * entries.
 */
function assertNotReplaceable(path: string, stats: Stats): void {
  if (process.getuid === undefined) return;
  const uid = process.getuid();
  if (stats.uid !== uid && !rootIds().includes(stats.uid)) throw new Error(`${path} belongs to another user`);
  const isSticky = (stats.mode & 0o1000) !== 0;
  // Many systems give each user a group of the same number.
  const others = stats.gid === uid ? 0o002 : 0o022;
  if ((stats.mode & others) !== 0 && !isSticky) throw new Error(`${path} is writable by other users`);
}

function assertPrivate(path: string, stats: Stats): void {
  if (!stats.isDirectory()) throw new Error(`${path} is not a folder`);
  if (process.getuid === undefined) return;
  if (stats.uid !== process.getuid()) throw new Error(`${path} belongs to another user`);
  if ((stats.mode & 0o077) !== 0) throw new Error(`${path} is accessible to other users. Run: chmod 700 ${path}`);
}

/** In a user namespace, root of the machine has the number of an unknown user. */
function rootIds(): readonly number[] {
  try {
    return [0, Number(readFileSync('/proc/sys/kernel/overflowuid', 'utf8'))];
  } catch {
    return [0];
  }
}
