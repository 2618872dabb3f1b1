import { setTimeout as delay } from 'node:timers/promises';
import { TERMINATE_GRACE_MS } from '../util/defaults.js';
import { isHere, isRunning, readOrphans } from './orphans.js';
import type { ProcessId } from './platform/index.js';
import { processState } from './process-state.js';
import { removeFolder } from './remove-folder.js';
import { RunProcesses } from './run-processes.js';
import type { RunRecord } from './run-record.js';
import { sweep } from './sweep.js';
import { terminate } from './terminate.js';

/** Interval in which the exit of an orphan is polled, in ms. */
const POLL_INTERVAL_MS = 20;

/** A run that outlived its host. */
export interface ReapedRun {
  /** The id of the run. */
  readonly runId: string;
  /** Pid of the CLI process; that of the host for a run on an app-server. */
  readonly pid: number;
  /** Whether the CLI process itself still ran. If not, only processes that it left behind were killed. */
  readonly wasAlive: boolean;
  /** Pids of the processes that could not be killed; empty if all went well. */
  readonly left: readonly number[];
}

/**
 * Kills the remaining processes of runs whose host was killed. A host that ends by SIGKILL, or that the system kills
 * for lack of memory, cannot kill its runs itself. Call it when your application starts.
 *
 * Each run is recorded, while it is active, in a private folder of the user (`XDG_STATE_HOME` or `~/.local/state`).
 * Without such a folder, runs are neither recorded nor reaped, and a process warning is emitted. Runs of running
 * hosts, and of other machines and containers, are not killed. A process is killed only if its pid and start time
 * match the record and, on Linux, its environment contains the id of the run. Untrusted records are reported by a
 * process warning and ignored. Temporary folders of reaped runs are removed.
 *
 * @example
 * ```ts
 * import { reapOrphans } from '@codex-rx/core';
 *
 * const reaped = await reapOrphans();
 * if (reaped.length > 0) console.log(`killed ${reaped.length} runs of a host that was killed`);
 * ```
 *
 * @returns the runs that were found. Never rejects.
 * @see findOrphans
 */
export async function reapOrphans(): Promise<ReapedRun[]> {
  const { orphaned, expired } = readOrphans('reapOrphans()');
  for (const { forget } of expired) forget();
  const killed = await Promise.all(orphaned.map(async ({ record }) => kill(record)));
  // Afterwards, because a server may still work in the folder of another record.
  await Promise.all(
    orphaned.map(async ({ record, forget }, index) => {
      const isGone = killed[index]?.isComplete === true;
      if (isGone && (await Promise.all(record.run.paths.map(removeFolder))).every(Boolean)) forget();
    }),
  );
  return killed.map(({ reaped }) => reaped);
}

async function kill({ run, host }: RunRecord): Promise<{ readonly reaped: ReapedRun; readonly isComplete: boolean }> {
  const { root, id } = run;
  let left: readonly number[] = [];
  let wasAlive = false;
  let isComplete = true;
  if (isHere(host)) {
    wasAlive = isRunning(run);
    // The number of a group without a known member may belong to other processes by now.
    const processes = new RunProcesses(root, id, { ownsGroup: wasAlive });
    const target = { processes, exited: exitOf(root), hasExited: () => processState(root) === 'gone' };
    const options = { grace: TERMINATE_GRACE_MS, includeDetached: true, onSignal: () => undefined };
    left = await (wasAlive ? terminate(target, options) : sweep(processes, options));
    isComplete = left.length === 0 && !processes.isUncertain;
  }
  return { reaped: { runId: id, pid: root.pid, wasAlive, left }, isComplete };
}

async function exitOf(id: ProcessId): Promise<void> {
  while (processState(id) !== 'gone') await delay(POLL_INTERVAL_MS, undefined, { ref: false });
}
