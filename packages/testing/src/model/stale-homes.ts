import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../processes/is-alive.js';

/** A day: a folder may be of a process that only another container can see. */
const STALE_AFTER = 24 * 60 * 60 * 1000;

/** Removes the homes that processes left which were killed before they could. Does not fail: what cannot be removed stays. */
export async function removeStaleHomes(root: string): Promise<void> {
  const names = await readdir(root).catch(() => []);
  await Promise.all(names.map((name) => removeIfStale(join(root, name), Number.parseInt(name, 10))));
}

async function removeIfStale(path: string, owner: number): Promise<void> {
  if (Number.isNaN(owner) || isAlive(owner)) return;
  try {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > STALE_AFTER) await rm(path, { recursive: true, force: true });
  } catch {
    // Another process was faster, or it is not ours.
  }
}
