import { rmSync } from 'node:fs';
import { warnOnError } from '../util/warn-on-error.js';
import type { Child } from './child.js';
import { registerRun } from './registry.js';
import { addSignalListener, hasHostListener, hasPeerListener, removeSignalListener } from './signal-listeners.js';
import { sweepSync } from './sweep.js';

export interface LiveRun {
  readonly id: string;
  readonly child: Child;
  /** Temporary files and folders of the run. */
  readonly paths: readonly string[];
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Each with what makes the registry forget it. */
const live = new Map<LiveRun, () => void>();

/**
 * Binds a run to the life of its host until the answer is called: if the host exits, the run dies with it. Nothing is registered on the
 * host's process while no run lives.
 */
export function trackRun(run: LiveRun): () => void {
  if (live.size === 0) listen();
  live.set(run, registerRun({ id: run.id, root: run.child.processes.root, paths: run.paths }));
  return () => {
    forget(run);
  };
}

function forget(run: LiveRun): void {
  live.get(run)?.();
  if (live.delete(run) && live.size === 0) unlisten();
}

function listen(): void {
  process.on('exit', killAllSync);
  addSignalListener(SIGNALS, onSignal);
}

function unlisten(): void {
  process.off('exit', killAllSync);
  removeSignalListener(SIGNALS, onSignal);
}

/** An application with a listener of its own decides itself; if it exits, the `exit` listener does the rest. */
function onSignal(signal: NodeJS.Signals): void {
  if (hasHostListener(signal)) return;
  killAllSync();
  if (!hasPeerListener(signal)) process.kill(process.pid, signal);
}

/** There is no time to be graceful: an exiting host cannot wait for anybody. */
function killAllSync(): void {
  const runs = [...live.keys()];
  for (const { id, child } of runs) {
    warnOnError(`could not end run ${id}`, () => {
      if (child.hasExited()) return;
      child.processes.snapshotDescendants();
      child.processes.signal('SIGKILL', 'group');
    });
  }
  for (const run of runs) {
    warnOnError(`could not end what run ${run.id} started`, () => {
      sweepSync(run.child.processes);
    });
    for (const path of run.paths) {
      warnOnError(`could not remove ${path}`, () => {
        rmSync(path, { recursive: true, force: true });
      });
    }
    forget(run);
  }
}
