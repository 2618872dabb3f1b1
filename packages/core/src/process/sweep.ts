import { setTimeout as delay } from 'node:timers/promises';
import { type ProcessInfo, platform } from './platform/index.js';
import { listProcesses } from './process-snapshot.js';
import type { RunProcesses } from './run-processes.js';

/**
 * A process that forks while it is being killed needs another round. The limit is for processes that cannot be
 * killed.
 */
const ROUNDS = 12;
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 250;
/**
 * A listing can miss a process that forks and exits in a loop. While other processes start and exit, this number of
 * listings must be empty.
 */
const UNSTABLE_LOOKS = 4;
const LOOKS_AFTER_KILL = 2;

/** The sweep of one run: the processes that each listing found, and whether another round is needed. */
class Sweep {
  readonly processes: RunProcesses;
  readonly #includeDetached: boolean;
  #left: readonly ProcessInfo[] = [];
  #hasKilled = false;
  #emptyLooks = 0;
  isDone = false;

  constructor(processes: RunProcesses, includeDetached: boolean) {
    this.processes = processes;
    this.#includeDetached = includeDetached;
  }

  /** Looks for processes of the run and kills them. */
  round(since: number): void {
    const includeDetached = this.#includeDetached;
    const { processes, isComplete, isStable } = this.processes.survivors(since, { includeDetached });
    this.#left = processes;
    this.processes.isUncertain = !isComplete;
    if (processes.length === 0 && isComplete) {
      this.#emptyLooks += 1;
      const looks = this.#hasKilled ? LOOKS_AFTER_KILL : 1;
      this.isDone = this.#emptyLooks >= (isStable ? looks : UNSTABLE_LOOKS);
      return;
    }
    this.#emptyLooks = 0;
    if (!isComplete) this.processes.killGroup();
    for (const { pid } of processes) platform.kill(pid, 'SIGKILL');
    if (includeDetached) this.#killGroups(since);
    this.#hasKilled = true;
  }

  get isEmpty(): boolean {
    return this.#left.length === 0;
  }

  get left(): number[] {
    return this.#left.map(({ pid }) => pid);
  }

  /**
   * A process that has forked and exited since the listing has a child in its group. Does not kill groups with
   * processes that do not belong to the run.
   */
  #killGroups(since: number): void {
    const table = listProcesses(since);
    const ownGroup = table.find(process.pid)?.pgid;
    if (ownGroup === undefined || !platform.groups) return;
    const left = new Set(this.left);
    const isForeign = ({ pid }: ProcessInfo): boolean => !left.has(pid) && platform.kill(pid, 0);
    for (const pgid of new Set(this.#left.map((info) => info.pgid)))
      if (pgid > 1 && pgid !== ownGroup && !table.group(pgid).some(isForeign)) platform.kill(-pgid, 'SIGKILL');
  }
}

/**
 * Kills with SIGKILL what is left of a run until nothing is, in at most about two seconds.
 *
 * @returns the pids that could not be killed. `processes.isUncertain` is set if the system did not show all processes.
 */
export async function sweep(
  processes: RunProcesses,
  options: { readonly includeDetached: boolean },
): Promise<number[]> {
  const run = new Sweep(processes, options.includeDetached);
  let pause = FIRST_PAUSE_MS;
  for (let round = 0; round < ROUNDS && !run.isDone; round += 1) {
    const since = performance.now();
    // The pause lets runs that end at the same moment share one listing, and killed processes exit.
    await delay(pause);
    run.round(since);
    pause = run.isEmpty ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
  return run.left;
}

/**
 * Does the same for many runs while the host exits, and blocks this thread. Each round takes one listing for all runs.
 *
 * @returns the runs that may have remaining processes
 */
export function sweepSync(runs: readonly RunProcesses[]): ReadonlySet<RunProcesses> {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  let sweeps = runs.map((processes) => new Sweep(processes, true));
  for (let round = 0; round < ROUNDS && sweeps.length > 0; round += 1) {
    if (round > 0) Atomics.wait(sleeper, 0, 0, FIRST_PAUSE_MS);
    const since = performance.now();
    for (const run of sweeps) run.round(since);
    sweeps = sweeps.filter(({ isDone }) => !isDone);
  }
  return new Set(sweeps.map(({ processes }) => processes));
}
