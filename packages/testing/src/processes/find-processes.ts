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

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid));
  } catch {
    return [];
  }
}

function environmentHas(pid: number, variable: string, value: string | undefined): boolean {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return entries.some((entry) =>
      value === undefined ? entry.startsWith(`${variable}=`) : entry === `${variable}=${value}`,
    );
  } catch {
    // Gone, or of another user.
    return false;
  }
}
