import { setTimeout as delay } from 'node:timers/promises';
import { warnOnError } from '../util/warn-on-error.js';
import { platform } from './platform/index.js';
import type { RunProcesses } from './run-processes.js';
import { sweep } from './sweep.js';

export interface Terminable {
  readonly processes: RunProcesses;
  /** Resolves when the root has exited; never rejects. */
  readonly exited: Promise<unknown>;
  hasExited(): boolean;
}

export interface TerminateOptions {
  /** Time between the steps, in ms. */
  readonly grace: number;
  /** Time of the first step, in which SIGINT is repeated, in ms. Default: `grace`. */
  readonly interruptGrace?: number | undefined;
  /** Whether processes that have left the tree of the root, such as daemons, are killed too. */
  readonly includeDetached: boolean;
  /** Called once per step, before its signal is sent. */
  readonly onSignal: (signal: NodeJS.Signals, to: 'root' | 'group') => void;
}

interface Step {
  readonly signal: NodeJS.Signals;
  readonly to: 'root' | 'group';
  /** Interval in which the signal is sent again, in ms. */
  readonly interval: number;
}

/**
 * Sends the signal again, for a process that had not installed its handler. Repeated signals are harmless: the CLI
 * handles one.
 */
const SIGINT_INTERVAL_MS = 100;

/**
 * SIGINT is first because the CLI kills the commands of its agent only on this signal. The commands run in their own
 * sessions: they survive SIGTERM and SIGKILL of the CLI, and a signal to the group does not reach them.
 */
const GRACEFUL: readonly Step[] = [
  { signal: 'SIGINT', to: 'root', interval: SIGINT_INTERVAL_MS },
  { signal: 'SIGTERM', to: 'group', interval: Number.POSITIVE_INFINITY },
  { signal: 'SIGKILL', to: 'group', interval: Number.POSITIVE_INFINITY },
];
const FORCED: readonly Step[] = [{ signal: 'SIGKILL', to: 'group', interval: Number.POSITIVE_INFINITY }];

/**
 * Kills a process and everything it started, in bounded time. Each step first records the descendants, which cannot
 * be found after the exit of the root. Then kills the recorded processes, the rest of the group, and the processes
 * with the id of the run.
 *
 * @returns the pids that could not be killed; never rejects
 */
export async function terminate(target: Terminable, options: TerminateOptions): Promise<number[]> {
  for (const step of platform.gracefulSignals ? GRACEFUL : FORCED) {
    if (target.hasExited()) break;
    // Before the signal: the children of an exited process have another parent. A failed listing must not prevent the
    // signal.
    warnOnError('could not list the processes of a run', () => {
      target.processes.snapshotDescendants();
    });
    options.onSignal(step.signal, step.to);
    const { grace, interruptGrace = grace } = options;
    await signalUntilExit(target, step, step.signal === 'SIGINT' ? Math.min(grace, interruptGrace) : grace);
  }
  const left = await sweep(target.processes, options);
  return target.hasExited() ? left : [target.processes.root.pid, ...left];
}

/** Sends the signal of a step, repeatedly, until the root has exited or the time is over. */
async function signalUntilExit(target: Terminable, { signal, to, interval }: Step, grace: number): Promise<void> {
  const end = performance.now() + grace;
  let left = grace;
  do {
    target.processes.signal(signal, to);
    await exitWithin(target, Math.min(left, interval));
    left = end - performance.now();
    // A timer may fire a fraction of a millisecond early.
  } while (left >= 1 && !target.hasExited());
}

/** Resolves when the root has exited, or after `grace` ms. */
export async function exitWithin(target: Pick<Terminable, 'exited' | 'hasExited'>, grace: number): Promise<void> {
  if (target.hasExited()) return;
  const timer = new AbortController();
  const expired = delay(grace, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([target.exited, expired]);
  timer.abort();
}
