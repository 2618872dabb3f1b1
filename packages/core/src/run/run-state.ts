import type { SupervisedChild } from '../process/supervise.js';
import type { Countdown } from '../util/countdown.js';
import type { RunOutput } from './run-output.js';
import type { StopController, StopReason } from './stop-controller.js';

/** A spawned process and its output. */
export interface SpawnedRun {
  readonly process: SupervisedChild;
  readonly output: RunOutput;
}

/**
 * The phase of a run, with the objects that only exist in it:
 *
 * ```
 * starting ──▶ running ──▶ turnOver ──▶ gone
 *     └───────────┴────────────┴──▶ stopping ──▶ gone
 * ```
 */
export type RunState =
  /** No process yet. */
  | { readonly phase: 'starting'; readonly stop: StopController }
  /** The process works on its turn. `timeout` limits the turn. */
  | { readonly phase: 'running'; readonly spawned: SpawnedRun; readonly timeout: Countdown }
  /** The turn has ended and the process may still shut down. `linger` limits the time without output. */
  | { readonly phase: 'turnOver'; readonly spawned: SpawnedRun; readonly linger: Countdown }
  /** The process is being killed. Nothing more is emitted, except standard error. */
  | { readonly phase: 'stopping'; readonly reason: StopReason }
  /** The process has exited and its outcome is known. */
  | { readonly phase: 'gone' };
