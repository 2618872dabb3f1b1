import { isHere, isRunning, readOrphans } from './orphans.js';
import { RunProcesses } from './run-processes.js';

/** A listing during which processes start or exit may miss some, so that it is repeated. */
const MAX_LISTINGS = 5;

/** A run that outlived its host, and of which processes still run. */
export interface OrphanedRun {
  /** The id of the run. */
  readonly runId: string;
  /** Pid of the CLI process. */
  readonly pid: number;
  /** Whether the CLI process itself still runs. */
  readonly isAlive: boolean;
  /** Pids of the other processes of the run. */
  readonly processes: readonly number[];
}

/**
 * Returns the runs whose host was killed and of which processes still run. Kills nothing: `reapOrphans()` does, with
 * the same conditions.
 *
 * @example
 * ```ts
 * import { findOrphans } from '@codex-rx/core';
 *
 * for (const { pid, processes } of findOrphans()) console.log(`still running: ${[pid, ...processes].join(', ')}`);
 * ```
 *
 * @returns the runs, without those that left nothing. Never throws.
 * @see reapOrphans
 */
export function findOrphans(): OrphanedRun[] {
  return readOrphans('findOrphans()').orphaned.flatMap(({ record: { host, run } }): OrphanedRun[] => {
    if (!isHere(host)) return [];
    const isAlive = isRunning(run);
    const processes = survivorsOf(new RunProcesses(run.root, run.id, { ownsGroup: isAlive }));
    return isAlive || processes.length > 0 ? [{ runId: run.id, pid: run.root.pid, isAlive, processes }] : [];
  });
}

function survivorsOf(known: RunProcesses): readonly number[] {
  for (let attempt = 1; ; attempt++) {
    const { processes, isStable } = known.survivors(performance.now(), { includeDetached: true });
    if (isStable || attempt === MAX_LISTINGS) return processes.map(({ pid }) => pid);
  }
}
