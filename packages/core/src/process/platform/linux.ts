import { readdirSync, readFileSync } from 'node:fs';
import { exists, kill } from './kill.js';
import { withSpareDescriptors } from './spare-descriptors.js';
import type { Found, Listing, ProcessInfo, ProcessPlatform, TaggedProcess } from './types.js';

// proc(5): the command name may contain blanks and parentheses, so the fields are counted from the last ')'.
const STATE = 0;
const PPID = 1;
const PGRP = 2;
const FLAGS = 6;
const NUM_THREADS = 17;
const START_TIME = 19;
const ENV_START = 47;
const ENV_END = 48;

/** Flag of kernel threads, which have no environment. */
const PF_KTHREAD = 0x00200000;
/** A process may execute a program between two attempts to read its environment. */
const ENVIRONMENT_ATTEMPTS = 3;

/** A process that forks and exits in a loop changes its pid between two looks. */
const MAX_PASSES = 6;

const statFields = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

/**
 * Returns whether a process with an empty environment will have another one: the environment is empty while the
 * process executes a program.
 */
export function isExecuting(stat: string): boolean {
  const fields = statFields(stat);
  if (fields[STATE] === 'Z' || (Number(fields[FLAGS]) & PF_KTHREAD) !== 0) return false;
  return fields[ENV_START] !== fields[ENV_END] || fields[ENV_END] === '0';
}

/**
 * Parses `/proc/<pid>/stat`. Returns `undefined` for a zombie without other threads. A zombie with other threads is a
 * running process whose main thread has ended.
 */
export function parseStat(pid: number, stat: string): ProcessInfo | undefined {
  const fields = statFields(stat);
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

/** Reads the environment of a process. `unknown` if the process executes one program after the other. */
function readEnvironment(pid: number): Text {
  for (let attempt = 0; attempt < ENVIRONMENT_ATTEMPTS; attempt += 1) {
    const environment = read(`/proc/${pid}/environ`);
    if (typeof environment === 'object' ? environment.text !== '' : environment !== 'gone') return environment;
    if (environment === 'gone' || !isExecutingNow(pid)) return readThreadEnvironment(pid) ?? environment;
  }
  return 'unknown';
}

function isExecutingNow(pid: number): boolean {
  const stat = read(`/proc/${pid}/stat`);
  if (typeof stat !== 'object' || !isExecuting(stat.text)) return false;
  // Some systems do not report the location of environments: this process is not executing anything.
  const own = read('/proc/self/stat');
  return typeof own === 'object' && statFields(own.text)[ENV_END] !== '0';
}

/**
 * Reads the environment of another thread than the main thread. That of an ended main thread is empty, or gone since
 * Linux 6.16.
 */
function readThreadEnvironment(pid: number): Text | undefined {
  for (const thread of names(`/proc/${pid}/task`) ?? []) {
    if (thread === String(pid)) continue;
    const own = read(`/proc/${pid}/task/${thread}/environ`);
    if (typeof own === 'object' && own.text !== '') return own;
  }
  return undefined;
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
