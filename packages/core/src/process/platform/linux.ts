import { readdirSync, readFileSync } from 'node:fs';
import { kill } from './kill.js';
import type { ProcessInfo, ProcessPlatform, TaggedProcess } from './types.js';

// proc(5): the command name may hold blanks and parentheses, so the fields are counted from the last ')'.
const STATE = 0;
const PPID = 1;
const PGRP = 2;
const START_TIME = 19;

export function parseStat(pid: number, stat: string): ProcessInfo | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[STATE];
  const startTime = fields[START_TIME];
  if (startTime === undefined || state === 'Z' || state === 'X' || state === 'x') return undefined;
  return { pid, ppid: Number(fields[PPID]), pgid: Number(fields[PGRP]), startTime };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // The process has ended, or is somebody else's.
    return undefined;
  }
}

function find(pid: number): ProcessInfo | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : parseStat(pid, stat);
}

function pids(): number[] {
  return readdirSync('/proc')
    .filter((name) => name.charCodeAt(0) >= 48 && name.charCodeAt(0) <= 57)
    .map(Number);
}

const present = (info: ProcessInfo | undefined): info is ProcessInfo => info !== undefined;

/** Reads `/proc`: no process is started, which matters while the host exits or is short of processes. */
export const linux: ProcessPlatform = {
  groups: true,
  gracefulSignals: true,
  find,
  list: () => pids().map(find).filter(present),
  listWithVariable(name) {
    const prefix = `${name}=`;
    const tagged: TaggedProcess[] = [];
    for (const pid of pids()) {
      const environment = read(`/proc/${pid}/environ`);
      if (environment?.includes(prefix) !== true) continue;
      const entry = environment.split('\0').find((candidate) => candidate.startsWith(prefix));
      const info = entry === undefined ? undefined : find(pid);
      if (entry !== undefined && info !== undefined) tagged.push({ ...info, value: entry.slice(prefix.length) });
    }
    return tagged;
  },
  kill,
};
