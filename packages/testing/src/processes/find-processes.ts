import { readdirSync, readFileSync } from 'node:fs';
import { isAlive } from './is-alive.js';

/**
 * The pids of living processes whose environment has this variable, with this value if one is given. Linux only: elsewhere the list is empty.
 *
 * Finds what no tree of processes shows, such as daemons: `findProcesses('CODEX_RX_RUN_ID')` is everything that runs of this user left.
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

/** The environment, read from another thread if the main one has ended; empty if the process cannot be read. */
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
    // Gone, or of another user.
    return '';
  }
}
