import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether a stamp is newer than all files and folders below the given paths. Folders count, too: their time is that of
 * a removal.
 *
 * @param {string} stamp a file whose time is that of the last build
 * @param {readonly string[]} paths files and folders
 */
export function isCurrent(stamp, paths) {
  if (!existsSync(stamp)) return false;
  const written = statSync(stamp).mtimeMs;
  return paths.every((path) => {
    if (!existsSync(path)) return false;
    const below = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }) : [];
    return [path, ...below.map((name) => join(path, name))].every((each) => statSync(each).mtimeMs < written);
  });
}
