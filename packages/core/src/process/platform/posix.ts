import { spawnSync } from 'node:child_process';
import { exists, kill } from './kill.js';
import { withSpareDescriptors } from './spare-descriptors.js';
import type { Listing, ProcessInfo, ProcessPlatform } from './types.js';

export type RunPs = (args: readonly string[]) => string;

const runPs: RunPs = (args) =>
  spawnSync('/bin/ps', args, { encoding: 'utf8', env: { LC_ALL: 'C' }, timeout: 5_000 }).stdout || '';

const COLUMNS = 'pid=,ppid=,pgid=,stat=,lstart=';

export function parsePs(output: string): ProcessInfo[] {
  const infos: ProcessInfo[] = [];
  for (const line of output.split('\n')) {
    const match = /^(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S.*)$/.exec(line.trim());
    if (match?.[5] === undefined || match[4]?.startsWith('Z') === true) continue;
    infos.push({ pid: Number(match[1]), ppid: Number(match[2]), pgid: Number(match[3]), startTime: match[5] });
  }
  return infos;
}

/**
 * For macOS and other systems without `/proc`: calls `ps`. Environments cannot be read there, so daemons that left
 * the process tree are not found.
 */
export function posix(ps: RunPs = runPs): ProcessPlatform {
  const listOnce = (): Listing => {
    const processes = parsePs(ps(['-A', '-o', COLUMNS]));
    // `ps` shows the caller, unless it failed.
    return { processes, isComplete: processes.some(({ pid }) => pid === process.pid), isStable: true };
  };
  return {
    groups: true,
    gracefulSignals: true,
    list() {
      const listing = listOnce();
      return listing.isComplete ? listing : withSpareDescriptors(listOnce);
    },
    find(pid) {
      const output = ps(['-p', String(pid), '-o', COLUMNS]);
      const [found] = parsePs(output);
      if (found !== undefined) return found;
      // A zombie has a line; without a line the process is gone, or `ps` failed.
      return output.trim() !== '' || !exists(pid) ? 'gone' : 'unknown';
    },
    listWithVariable: () => ({ processes: [], isComplete: true, isStable: true }),
    variable: () => 'unknown',
    kill,
  };
}
