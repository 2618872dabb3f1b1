import { readdirSync, readFileSync } from 'node:fs';
import { exists, kill } from './kill.js';
import { withSpareDescriptors } from './spare-descriptors.js';
import type { Found, Listing, ProcessInfo, ProcessPlatform, TaggedProcess } from './types.js';

// proc(5): the command name may contain blanks and parentheses, so the fields are counted from the last ')'.
const STATE = 0;
const PPID = 1;
const PGRP = 2;
const NUM_THREADS = 17;
const START_TIME = 19;

/** A process that forks and exits in a loop changes its pid between two looks. */
const MAX_PASSES = 6;

/**
 * Parses `/proc/<pid>/stat`. Returns `undefined` for a zombie without other threads. A zombie with other threads is a
 * running process whose main thread has ended.
 */
export function parseStat(pid: number, stat: string): ProcessInfo | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[STATE];
  const startTime = fields[START_TIME];
  if (startTime === undefined || state === 'X' || state === 'x') return undefined;
  if (state === 'Z' && !(Number(fields[NUM_THREADS]) > 1)) return undefined;
  return { pid, ppid: Number(fields[PPID]), pgid: Number(fields[PGRP]), startTime };
}

const GONE = ['ENOENT', 'ESRCH'];
const FORBIDDEN = ['EACCES', 'EPERM'];

type Text = { readonly text: string } | 'gone' | 'forbidden' | 'unknown';

function read(path: string): Text {
  try {
    return { text: readFileSync(path, 'latin1') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (GONE.includes(code)) return 'gone';
    return FORBIDDEN.includes(code) ? 'forbidden' : 'unknown';
  }
}

function names(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}

/** `other` for a process of another user that the system hides. */
function inspect(pid: number): Found | 'other' {
  const stat = read(`/proc/${pid}/stat`);
  if (typeof stat === 'object') return parseStat(pid, stat.text) ?? 'gone';
  if (stat === 'forbidden') return 'other';
  // Without a mounted /proc every process seems to be gone.
  return stat === 'gone' && !exists(pid) ? 'gone' : 'unknown';
}

function find(pid: number): Found {
  let found = inspect(pid);
  if (found === 'unknown') found = withSpareDescriptors(() => inspect(pid));
  return found === 'other' ? 'unknown' : found;
}

/** Reads the environment of the first thread that still has one: that of an ended main thread is empty. */
function readEnvironment(pid: number): Text {
  const environment = read(`/proc/${pid}/environ`);
  if (typeof environment !== 'object' || environment.text !== '') return environment;
  for (const thread of names(`/proc/${pid}/task`) ?? []) {
    const own = read(`/proc/${pid}/task/${thread}/environ`);
    if (typeof own === 'object' && own.text !== '') return own;
  }
  return environment;
}

function valueOf(environment: string, name: string): string | undefined {
  const prefix = `${name}=`;
  if (!environment.includes(prefix)) return undefined;
  return environment
    .split('\0')
    .find((entry) => entry.startsWith(prefix))
    ?.slice(prefix.length);
}

/** Lists the pids that `/proc` shows. A listing without this process is not one. */
function pids(): readonly number[] | undefined {
  const found = names('/proc')
    ?.filter((name) => name.charCodeAt(0) >= 48 && name.charCodeAt(0) <= 57)
    .map(Number);
  return found?.includes(process.pid) === true ? found : undefined;
}

type Inspect<T> = (pid: number) => T | 'other' | 'gone' | 'unknown';

/** Inspects each process once, and those that start meanwhile. */
function listOnce<T extends ProcessInfo>(inspectOne: Inspect<T>): Listing<T> {
  const processes: T[] = [];
  const seen = new Set<number>();
  let isComplete = true;
  let isStable = false;
  for (let pass = 0; pass < MAX_PASSES && !isStable; pass += 1) {
    const found = pids();
    if (found === undefined) return { processes, isComplete: false, isStable };
    const unseen = found.filter((pid) => !seen.has(pid));
    isStable = pass > 0 && unseen.length === 0;
    for (const pid of unseen) {
      seen.add(pid);
      const one = inspectOne(pid);
      if (one === 'unknown') isComplete = false;
      else if (typeof one === 'object') processes.push(one);
    }
  }
  return { processes, isComplete, isStable };
}

function list<T extends ProcessInfo>(inspectOne: Inspect<T>): Listing<T> {
  const listing = listOnce(inspectOne);
  return listing.isComplete ? listing : withSpareDescriptors(() => listOnce(inspectOne));
}

/** Reads `/proc`: no process is started, which matters while the host exits or has reached its limit of processes. */
export const linux: ProcessPlatform = {
  groups: true,
  gracefulSignals: true,
  find,
  list: () => list<ProcessInfo>(inspect),
  listWithVariable: (name) =>
    list<TaggedProcess>((pid) => {
      // Its group identifies a process that has exited by the time its environment has been read.
      const info = inspect(pid);
      if (typeof info !== 'object') return info;
      const environment = readEnvironment(pid);
      // The environment of a set-uid process is not readable.
      if (typeof environment !== 'object') return environment === 'unknown' ? 'unknown' : 'other';
      const value = valueOf(environment.text, name);
      return value === undefined ? 'other' : { ...info, value };
    }),
  variable(pid, name) {
    let environment = readEnvironment(pid);
    if (environment === 'unknown') environment = withSpareDescriptors(() => readEnvironment(pid));
    return typeof environment === 'object' ? { value: valueOf(environment.text, name) } : 'unknown';
  },
  kill,
};
