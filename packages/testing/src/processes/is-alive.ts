import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// Indexes in `/proc/<pid>/stat`, counted from `state`.
const NUM_THREADS = 17;
const START_TIME = 19;

/** Returns whether a process runs. A zombie, which waits only for its parent to reap it, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !isZombie(pid);
}

/** Returns the pids that are alive. */
export function livingPids(pids: Iterable<number>): number[] {
  return [...pids].filter(isAlive);
}

/** Returns the start time, which distinguishes a process from a later one with the same pid; `''` if unknown. */
export function processStartTime(pid: number): string {
  return statFields(pid)?.[START_TIME] ?? '';
}

function isZombie(pid: number): boolean {
  if (process.platform === 'win32') return false;
  if (process.platform !== 'linux') {
    const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
    return state === '' || state.startsWith('Z');
  }
  const fields = statFields(pid);
  const state = fields?.[0];
  if (state !== 'Z') return state === undefined || state === 'X';
  // The main thread of a process may have ended while its other threads run.
  return !(Number(fields?.[NUM_THREADS]) > 1);
}

/**
 * Returns the fields of Linux' `/proc/<pid>/stat` from `state` on. The name before may contain blanks and
 * parentheses.
 */
function statFields(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
