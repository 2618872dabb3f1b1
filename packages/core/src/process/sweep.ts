import { setTimeout as delay } from 'node:timers/promises';
import { type ProcessInfo, platform } from './platform/index.js';
import type { RunProcesses } from './run-processes.js';

/** A process that forks while it is being killed needs another round; one that cannot be killed must not hold us. */
const ROUNDS = 12;
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 250;

const killAll = (left: readonly ProcessInfo[]): void => {
  for (const info of left) platform.kill(info.pid, 'SIGKILL');
};

/** SIGKILLs what is left of a run until nothing is, in at most about two seconds. Gives the pids that could not be ended. */
export async function sweep(processes: RunProcesses, options: { includeDetached: boolean }): Promise<number[]> {
  let left: ProcessInfo[] = [];
  let pause = FIRST_PAUSE;
  for (let round = 0; round < ROUNDS; round += 1) {
    const since = performance.now();
    // The pause lets runs that end at the same moment share one listing, and the killed ones die.
    await delay(pause);
    left = processes.survivors(since, options);
    if (left.length === 0) break;
    killAll(left);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
  return left.map((info) => info.pid);
}

/** The same while the host exits: nothing may wait there but this thread. */
export function sweepSync(processes: RunProcesses): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (let round = 0; round < ROUNDS; round += 1) {
    const left = processes.survivors(performance.now(), { includeDetached: true });
    if (left.length === 0) return;
    killAll(left);
    Atomics.wait(sleeper, 0, 0, FIRST_PAUSE);
  }
}
