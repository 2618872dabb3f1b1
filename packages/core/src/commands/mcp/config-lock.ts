import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { defer, type Observable, of, retry, throwError, timer } from 'rxjs';
import { type HostId, hostId } from '../../process/host-id.js';
import { processState } from '../../process/process-state.js';

/** An edit takes a few ms; a lock that is older belongs to a process that was stopped or to another machine. */
const MAX_LOCK_AGE_MS = 10_000;
const WAIT_MS = 60_000;
const PAUSE_MS = 3;

class LockHeldError extends Error {}

/**
 * Executes a synchronous task on subscribe while no other process that uses this lock executes one, and emits its
 * result. The lock is a file next to `path`, with the process that holds it; the lock of a process that no longer runs
 * does not count. A lock that is free is taken synchronously. Unsubscribing ends the wait for another one.
 *
 * Errors: those of the task; Error if others hold the lock for a minute, or the lock cannot be written.
 */
export function withConfigLock$<T>(path: string, task: () => T): Observable<T> {
  return defer(() => {
    const end = performance.now() + WAIT_MS;
    return defer(() => of(runLocked(`${path}.lock`, task))).pipe(
      retry({
        delay: (error: unknown) =>
          error instanceof LockHeldError && performance.now() < end
            ? timer(PAUSE_MS * (1 + Math.random()))
            : throwError(() => error),
      }),
    );
  });
}

function runLocked<T>(lock: string, task: () => T): T {
  const own = JSON.stringify({ ...hostId(), key: randomBytes(6).toString('hex') });
  if (!take(lock, own)) {
    removeStale(lock);
    if (!take(lock, own)) throw new LockHeldError(`${lock} is held by another process`);
  }
  try {
    return task();
  } finally {
    if (read(lock) === own) rmSync(lock, { force: true });
  }
}

/** A link fails if its name exists, so that the lock appears together with its content. */
function take(lock: string, own: string): boolean {
  const temporary = `${lock}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(temporary, own, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(temporary, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function removeStale(lock: string): void {
  const stale = read(lock);
  if (stale === undefined || !isStale(lock, stale)) return;
  const aside = `${lock}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    renameSync(lock, aside);
    // Another process may have replaced the stale lock by its own meanwhile.
    if (read(aside) !== stale) linkSync(aside, lock);
  } catch {
    // Another process was faster.
  } finally {
    rmSync(aside, { force: true });
  }
}

function isStale(lock: string, text: string): boolean {
  const holder = parse(text);
  const own = hostId();
  const isHere =
    holder.hostName === own.hostName && holder.boot === own.boot && holder.pidNamespace === own.pidNamespace;
  if (isHere && typeof holder.pid === 'number' && processState(holder as HostId) === 'gone') return true;
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age > MAX_LOCK_AGE_MS;
}

function parse(text: string): Partial<HostId> {
  try {
    return (JSON.parse(text) ?? {}) as Partial<HostId>;
  } catch {
    return {};
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
