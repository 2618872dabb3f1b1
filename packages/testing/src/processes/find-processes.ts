import { readdirSync, readFileSync } from 'node:fs';
import { isAlive } from './is-alive.js';

/**
 * Returns the pids of living processes whose environment contains a variable, optionally with a value.
 *
 * Also finds daemons, which a process tree does not contain: `findProcesses('CODEX_RX_RUN_ID')` returns all processes
 * of runs of this user. Linux only: on other systems the result is empty.
 */
export function findProcesses(variable: string, value?: string): number[] {
  return processIds().filter((pid) => environmentHas(pid, variable, value) && isAlive(pid));
}

function processIds(folder = '/proc'): number[] {
  try {
    return readdirSync(folder)
      .map(Number)
      .filter((pid) => Number.isInteger(pid));
  } catch {
    return [];
  }
}

function environmentHas(pid: number, variable: string, value: string | undefined): boolean {
  return environmentOf(pid)
    .split('\0')
    .some((entry) => (value === undefined ? entry.startsWith(`${variable}=`) : entry === `${variable}=${value}`));
}

/**
 * Reads the environment from another thread if the main thread has ended. Returns `''` if the process is unreadable.
 */
function environmentOf(pid: number): string {
  const own = readText(`/proc/${pid}/environ`);
  if (own !== '') return own;
  for (const thread of processIds(`/proc/${pid}/task`)) {
    const text = thread === pid ? '' : readText(`/proc/${pid}/task/${thread}/environ`);
    if (text !== '') return text;
  }
  return '';
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has exited or belongs to another user.
    return '';
  }
}
