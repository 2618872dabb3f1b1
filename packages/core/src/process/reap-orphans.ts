import { lstatSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import { TERMINATE_GRACE_MS } from '../util/defaults.js';
import { warnOnError } from '../util/warn-on-error.js';
import { bootId, hostId } from './host-id.js';
import { type ProcessId, platform } from './platform/index.js';
import { type RegistryEntry, readRegistry } from './registry.js';
import { RunProcesses } from './run-processes.js';
import { sweep } from './sweep.js';
import { terminate } from './terminate.js';

/** Interval in which the end of an orphan is polled, in ms. */
const POLL_INTERVAL_MS = 20;

/** A run that outlived its host. */
export interface ReapedRun {
  readonly runId: string;
  /** Of the CLI process. */
  readonly pid: number;
  /** Whether the CLI process itself was still alive; if not, only what it left behind was looked for. */
  readonly wasAlive: boolean;
  /** What could not be ended; empty if all went well. */
  readonly left: readonly number[];
}

function isAlive(id: ProcessId): boolean {
  return platform.find(id.pid)?.startTime === id.startTime;
}

/** Without a start time (Windows) a pid may be anybody's by now. */
function isCertainlyAlive(id: ProcessId): boolean {
  return id.startTime !== '' && isAlive(id);
}

function isOrphaned({ host, boot }: RegistryEntry): boolean {
  const isOwn = host.pid === hostId().pid && host.startTime === hostId().startTime;
  return !isOwn && (boot !== bootId() || !isAlive(host));
}

/** Only folders that this package makes: a record names paths, and paths of a record are not simply removed. */
function removeTemporary(path: string): void {
  if (dirname(path) !== tmpdir() || !basename(path).startsWith('codex-rx-')) return;
  warnOnError(`could not remove ${path}`, () => {
    const isOwn = process.getuid === undefined || lstatSync(path, { throwIfNoEntry: false })?.uid === process.getuid();
    if (isOwn) rmSync(path, { recursive: true, force: true });
  });
}

async function exitOf(id: ProcessId): Promise<void> {
  while (isAlive(id)) {
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_INTERVAL_MS).unref();
    });
  }
}

async function reap({ run, boot }: RegistryEntry): Promise<ReapedRun> {
  const { root, id, paths } = run;
  const processes = new RunProcesses(root, id);
  // Pids of an earlier start of the system mean nothing now.
  const isCurrent = boot === bootId();
  const wasAlive = isCurrent && isCertainlyAlive(root);
  const target = { processes, exited: exitOf(root), hasExited: () => !isAlive(root) };
  const options = { grace: TERMINATE_GRACE_MS, includeDetached: true, onSignal: () => undefined };
  let left: readonly number[] = [];
  if (isCurrent) left = await (wasAlive ? terminate(target, options) : sweep(processes, options));
  for (const path of paths) removeTemporary(path);
  return { runId: id, pid: root.pid, wasAlive, left };
}

/**
 * Ends what runs of a killed host left behind: a host that is ended by SIGKILL, or by the system for want of memory, cannot end its runs
 * itself. Call it when your application starts.
 *
 * Each run is recorded in a private file while it lives. A process is ended only if its pid *and* its start time are those of the record, or
 * if it carries the id of the run (Linux); runs of living hosts are not touched. Temporary folders are removed. Emits nothing; the answer
 * lists the runs that were found. Never rejects for a single run.
 *
 * @example
 * ```ts
 * import { reapOrphans } from '@codex-rx/core';
 *
 * const reaped = await reapOrphans();
 * if (reaped.length > 0) console.log(`ended ${reaped.length} runs of a host that was killed`);
 * ```
 */
export async function reapOrphans(): Promise<ReapedRun[]> {
  const orphans = readRegistry().filter(({ record }) => isOrphaned(record));
  return Promise.all(
    orphans.map(async ({ record, forget }) => {
      const reaped = await reap(record);
      if (reaped.left.length === 0) forget();
      return reaped;
    }),
  );
}
