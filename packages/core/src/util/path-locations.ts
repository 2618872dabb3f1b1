import { lstatSync, readlinkSync } from 'node:fs';
import { dirname, join, parse, relative, resolve, sep } from 'node:path';

/** Linux follows at most 40 links, too. */
const MAX_LINKS = 40;

/**
 * Returns every absolute path that leads to a file: the path itself, and the path after each symbolic link on the
 * way. Write access to the folder of any of these paths is enough to replace the file. Parts that do not exist are
 * unchanged.
 */
export function pathLocations(path: string): readonly string[] {
  const locations = [resolve(path)];
  let links = 0;
  for (let current = resolve(path); ; ) {
    const next = followFirstLink(current);
    if (next === undefined || links === MAX_LINKS) return locations;
    links += 1;
    locations.push(next);
    current = next;
  }
}

/** Returns the path after its first symbolic link has been replaced, or `undefined` if it has none. */
function followFirstLink(path: string): string | undefined {
  const { root } = parse(path);
  const parts = path.slice(root.length).split(sep);
  for (const [index, part] of parts.entries()) {
    const location = join(root, ...parts.slice(0, index), part);
    try {
      if (!lstatSync(location).isSymbolicLink()) continue;
      return resolve(dirname(location), readlinkSync(location), ...parts.slice(index + 1));
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** Returns whether an absolute path is a folder itself or inside it. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path);
}
