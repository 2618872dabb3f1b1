import { createHash } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../processes/is-alive.js';

/** For homes of another container, whose processes cannot be seen from here. */
const STALE_AFTER = 24 * 60 * 60 * 1000;

/** How the name of a home begins that belongs to this process: with its pid, and with where that pid counts. */
export function homePrefix(): string {
  return `${String(process.pid)}-${pidNamespaceId()}-`;
}

/**
 * Removes the homes that processes left which were ended before they could: at once if the process was of this machine (or container), else
 * a day later. Does not fail: what cannot be removed stays.
 */
export async function removeStaleHomes(root: string): Promise<void> {
  const names = await readdir(root).catch(() => []);
  await Promise.all(names.map((name) => removeIfStale(root, name)));
}

async function removeIfStale(root: string, name: string): Promise<void> {
  const [, pid, space] = /^(\d+)-([0-9a-f]+)-/.exec(name) ?? [];
  if (pid === undefined || isAlive(Number(pid))) return;
  const path = join(root, name);
  try {
    if (space !== pidNamespaceId() && Date.now() - (await stat(path)).mtimeMs < STALE_AFTER) return;
    await rm(path, { recursive: true, force: true });
  } catch {
    // Another process was faster, or it is not ours.
  }
}

function pidNamespaceId(): string {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid');
  } catch {
    // Not Linux: the name of the host has to do.
  }
  return createHash('sha256').update(`${hostname()} ${namespace}`).digest('hex').slice(0, 12);
}
