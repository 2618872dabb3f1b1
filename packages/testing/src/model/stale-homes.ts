import { createHash } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../processes/is-alive.js';

/** For homes of another machine or container, whose processes are not visible. */
const STALE_AFTER_MS = 24 * 60 * 60 * 1000;

/** Returns the prefix of the homes of this process: its pid and the id of its pid namespace. */
export function homePrefix(): string {
  return `${String(process.pid)}-${pidNamespaceId()}-`;
}

/**
 * Removes the homes of processes that were killed: immediately if the process belonged to this pid namespace, else
 * after a day. Ignores homes that cannot be removed.
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
    if (space !== pidNamespaceId() && Date.now() - (await stat(path)).mtimeMs < STALE_AFTER_MS) return;
    await rm(path, { recursive: true, force: true });
  } catch {
    // Another process removed it, or it belongs to another user.
  }
}

function pidNamespaceId(): string {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid');
  } catch {
    // Only Linux has pid namespaces; elsewhere the host name must suffice.
  }
  return createHash('sha256').update(`${hostname()} ${namespace}`).digest('hex').slice(0, 12);
}
