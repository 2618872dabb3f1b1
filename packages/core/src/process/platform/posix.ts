import { spawnSync } from 'node:child_process';
import { kill } from './kill.js';
import type { ProcessInfo, ProcessPlatform } from './types.js';

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

/** macOS and others without `/proc`: asks `ps`. An environment cannot be read there, so daemons that left the tree are not found. */
export function posix(ps: RunPs = runPs): ProcessPlatform {
  return {
    groups: true,
    gracefulSignals: true,
    list: () => parsePs(ps(['-A', '-o', COLUMNS])),
    find: (pid) => parsePs(ps(['-p', String(pid), '-o', COLUMNS]))[0],
    listWithVariable: () => [],
    kill,
  };
}
