import { type Stats, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';

/**
 * Returns whether another user or an agent may have installed the package: it belongs to another user than root, this
 * one and the owner of `from`, or its `node_modules` is directly inside a temporary folder, where every user and
 * every agent may create one.
 *
 * @param folder the package, links resolved
 * @param from the folder that the package was looked up for
 */
export function isForeignPackage(folder: string, from: string): boolean {
  const user = process.getuid?.();
  const owner = stat(folder)?.uid;
  if (user === undefined || owner === undefined) return false;
  if (owner !== 0 && owner !== user && owner !== stat(from)?.uid) return true;
  const end = folder.lastIndexOf(`${sep}node_modules${sep}`);
  const parent = end === -1 ? undefined : stat(folder.slice(0, end) || dirname(folder));
  const isShared = parent !== undefined && (parent.mode & 0o1002) === 0o1002;
  return isShared;
}

function stat(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
