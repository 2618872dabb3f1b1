import { rmSync } from 'node:fs';
import type { Child } from './child.js';
import { registerRun } from './registry.js';
import { sweepNow } from './sweep.js';
import { quietly } from './warn.js';

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
  process.on('exit', endAllNow);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unlisten(): void {
  process.off('exit', endAllNow);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/** An application with a listener of its own decides itself; if it exits, the `exit` listener does the rest. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  endAllNow();
  process.kill(process.pid, signal);
}

/** There is no time to be graceful: an exiting host cannot wait for anybody. */
function endAllNow(): void {
  for (const run of [...live.keys()]) {
    quietly(`could not end run ${run.id}`, () => {
      const { child } = run;
      if (!child.hasExited()) {
        child.processes.note();
        child.processes.signal('SIGKILL', 'group');
      }
      sweepNow(child.processes);
    });
    for (const path of run.paths) {
      quietly(`could not remove ${path}`, () => {
        rmSync(path, { recursive: true, force: true });
      });
    }
    forget(run);
  }
}
