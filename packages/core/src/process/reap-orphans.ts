import { setTimeout as delay } from 'node:timers/promises';
import { TERMINATE_GRACE_MS } from '../util/defaults.js';
import { emitCleanupWarning } from '../util/warn-on-error.js';
import { diagnose } from './diagnostics.js';
import { type HostId, hostId } from './host-id.js';
import { type ProcessId, platform } from './platform/index.js';
import { processState } from './process-state.js';
import { type Registry, type RegistryEntry, readRegistry } from './registry.js';
import { removeFolder } from './remove-folder.js';
import { carriesRunId, RUN_ID_VARIABLE } from './run-id.js';
import { RunProcesses } from './run-processes.js';
import type { RunRecord } from './run-record.js';
import { sweep } from './sweep.js';
import { terminate } from './terminate.js';

/** Interval in which the exit of an orphan is polled, in ms. */
const POLL_INTERVAL_MS = 20;
/**
 * A record with another boot id may be from another machine with the same name. After this time, its runs are assumed
 * to have ended.
 */
const REBOOT_PATIENCE_MS = 24 * 60 * 60 * 1000;
/** Records of other machines and containers expire, because their names may never be used again. */
const FOREIGN_PATIENCE_MS = 30 * REBOOT_PATIENCE_MS;

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
 */
export async function reapOrphans(): Promise<ReapedRun[]> {
  let registry: Registry;
  try {
    registry = readRegistry();
  } catch (error) {
    emitCleanupWarning('reapOrphans() is off, because there is no private folder for its records', error);
    return [];
  }
  for (const { file, reason } of registry.untrusted) {
    diagnose({ type: 'untrusted', file, reason });
    emitCleanupWarning(`reapOrphans() ignores ${file}, which cannot be trusted`, reason);
  }
  const orphans = registry.entries.filter(isOrphaned);
  const killed = await Promise.all(orphans.map(async ({ record }) => kill(record)));
  // Afterwards, because a server may still work in the folder of another record.
  await Promise.all(
    orphans.map(async ({ record, forget }, index) => {
      const isGone = killed[index]?.isComplete === true;
      if (isGone && (await Promise.all(record.run.paths.map(removeFolder))).every(Boolean)) forget();
    }),
  );
  return killed.map(({ reaped }) => reaped);
}

/** Forgets old records of other machines on the way. */
function isOrphaned({ record: { host }, writtenAt, forget }: RegistryEntry): boolean {
  const age = Date.now() - writtenAt;
  const place = placeOf(host);
  if (place === 'here') return processState(host) === 'gone';
  if (place === 'earlier boot') return age > REBOOT_PATIENCE_MS;
  if (age > FOREIGN_PATIENCE_MS) forget();
  return false;
}

/** Pids have a meaning only `here`. */
function placeOf(host: HostId): 'here' | 'earlier boot' | 'elsewhere' {
  const own = hostId();
  if (host.hostName !== own.hostName) return 'elsewhere';
  if (host.boot !== own.boot) return 'earlier boot';
  return host.pidNamespace === own.pidNamespace ? 'here' : 'elsewhere';
}

async function kill({ run, host }: RunRecord): Promise<{ readonly reaped: ReapedRun; readonly isComplete: boolean }> {
  const { root, id } = run;
  let left: readonly number[] = [];
  let wasAlive = false;
  let isComplete = true;
  if (placeOf(host) === 'here') {
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

/** Returns whether the process of the record still runs, and is that of the run. */
function isRunning({ id, root }: RunRecord['run']): boolean {
  if (processState(root) !== 'running') return false;
  const variable = platform.variable(root.pid, RUN_ID_VARIABLE);
  // Environments cannot be read on macOS: there pid and start time identify a process.
  if (variable === 'unknown') return process.platform !== 'linux';
  return variable.value !== undefined && carriesRunId(variable.value, id);
}

async function exitOf(id: ProcessId): Promise<void> {
  while (processState(id) !== 'gone') await delay(POLL_INTERVAL_MS, undefined, { ref: false });
}
