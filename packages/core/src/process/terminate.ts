import { setTimeout as delay } from 'node:timers/promises';
import { platform } from './platform/index.js';
import type { RunProcesses } from './run-processes.js';
import { sweep } from './sweep.js';

export interface Terminable {
  readonly processes: RunProcesses;
  /** Settles when the root has exited; never rejects. */
  readonly exited: Promise<unknown>;
  hasExited(): boolean;
}

export interface TerminateOptions {
  /** Milliseconds between the steps. */
  readonly grace: number;
  /** Whether daemons of the run end too. */
  readonly includeDetached: boolean;
  readonly onSignal: (signal: NodeJS.Signals, to: 'root' | 'group') => void;
}

interface Step {
  readonly signal: NodeJS.Signals;
  readonly to: 'root' | 'group';
}

/**
 * SIGINT comes first because it is the only signal on which the CLI ends the commands of its agent, which run in sessions of their own:
 * SIGTERM and SIGKILL leave them behind, and no group kill reaches them.
 */
const GRACEFUL: readonly Step[] = [
  { signal: 'SIGINT', to: 'root' },
  { signal: 'SIGTERM', to: 'group' },
  { signal: 'SIGKILL', to: 'group' },
];
const FORCED: readonly Step[] = [{ signal: 'SIGKILL', to: 'group' }];

/**
 * Ends a process and everything it started, in bounded time. Each step notes the descendants while the root still lives; what was noted, is
 * left of the group, or carries the run's id is killed once the root is gone. Gives the pids that could not be ended; never rejects.
 */
export async function terminate(target: Terminable, options: TerminateOptions): Promise<number[]> {
  for (const { signal, to } of platform.gracefulSignals ? GRACEFUL : FORCED) {
    if (target.hasExited()) break;
    target.processes.snapshotDescendants();
    options.onSignal(signal, to);
    target.processes.signal(signal, to);
    await exitWithin(target, options.grace);
  }
  return sweep(target.processes, options);
}

/** Settles when the root has exited, or when so many ms have passed. */
export async function exitWithin(target: Pick<Terminable, 'exited' | 'hasExited'>, grace: number): Promise<void> {
  if (target.hasExited()) return;
  const timer = new AbortController();
  const expired = delay(grace, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([target.exited, expired]);
  timer.abort();
}
