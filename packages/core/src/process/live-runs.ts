import { constants } from 'node:os';
import { warnOnError } from '../util/warn-on-error.js';
import type { Child } from './child.js';
import { hostId } from './host-id.js';
import { hostProcess } from './host-process.js';
import { registerRun } from './registry.js';
import { removeFolderSync } from './remove-folder.js';
import type { RunProcesses } from './run-processes.js';
import { hasHostListener, hasPeerListener, listenFirst } from './signal-listeners.js';
import { sweepSync } from './sweep.js';
import { guardInWorker } from './worker-guard.js';

export interface LiveRun {
  readonly id: string;
  readonly child: Child;
  /** Temporary files and folders of the run. */
  readonly paths: readonly string[];
}

/** Signals that end a Node.js process and can have listeners. nodemon restarts with SIGUSR2; Windows has SIGBREAK. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGALRM', 'SIGBREAK'].filter(
  (signal) => signal in constants.signals,
);

/** A run without a process of its own. */
type ServedRun = Omit<LiveRun, 'child'>;

/** The live runs, each with the function that removes its record. */
const live = new Map<LiveRun, () => void>();
const served = new Map<ServedRun, () => void>();

/**
 * Kills the run when the host process exits. Returns a function that stops tracking it. Adds listeners to the host
 * process only while a run is active.
 */
export function trackRun(run: LiveRun): () => void {
  listen();
  const unregister = registerRun({ id: run.id, root: run.child.processes.root, paths: run.paths });
  const unguard = guardInWorker(run.child.pid, run.id);
  live.set(run, () => {
    unregister();
    unguard();
  });
  return () => {
    live.get(run)?.();
    untrack(run);
  };
}

/**
 * Removes the temporary folders of a run on a server when the host process exits, and lets `reapOrphans()` find them.
 * Returns a function that stops tracking them.
 */
export function trackFolders(run: ServedRun): () => void {
  if (run.paths.length === 0) return () => undefined;
  listen();
  const { pid, startTime } = hostId();
  // A record does not name process 1. A host that is process 1 of a container ends with the container.
  const isRegistered = pid > 1;
  served.set(run, isRegistered ? registerRun({ ...run, root: { pid, startTime } }) : () => undefined);
  return () => {
    served.get(run)?.();
    untrack(run);
  };
}

function untrack(run: LiveRun | ServedRun): void {
  const isTracked = live.delete(run as LiveRun) || served.delete(run);
  if (isTracked && live.size + served.size === 0) unlisten();
}

let unlisten: () => void = () => undefined;

/** Called before a run is added. */
function listen(): void {
  if (live.size + served.size > 0) return;
  const stops = [listenFirst(['exit'], killAllSync), listenFirst(SIGNALS, onSignal)];
  unlisten = () => {
    for (const stop of stops) stop();
  };
}

/** An application with a listener of its own decides itself; if it exits, the `exit` listener does the rest. */
function onSignal(signal: NodeJS.Signals): void {
  if (hasHostListener(signal)) return;
  killAllSync();
  if (!hasPeerListener(signal)) hostProcess.kill(hostProcess.pid, signal);
}

/** Kills without grace: an exiting host cannot wait. All runs share one listing per step. */
function killAllSync(): void {
  const runs = [...live.keys()];
  const running = runs.filter(({ child }) => !child.hasExited());
  const since = performance.now();
  for (const { id, child } of running) {
    warnOnError(`could not list the processes of run ${id}`, () => {
      child.processes.snapshotDescendants(since);
    });
  }
  for (const { child } of running) child.processes.signal('SIGKILL', 'group');
  let unfinished: ReadonlySet<RunProcesses> | undefined;
  warnOnError('could not kill what runs started', () => {
    unfinished = sweepSync(runs.map(({ child }) => child.processes));
  });
  for (const run of runs) {
    const removals = run.paths.map(removeFolderSync);
    // The record of a run of which something may be left is for reapOrphans().
    if (unfinished?.has(run.child.processes) === false && removals.every(Boolean)) live.get(run)?.();
    untrack(run);
  }
  for (const [run, unregister] of served) {
    if (run.paths.map(removeFolderSync).every(Boolean)) unregister();
    untrack(run);
  }
}
