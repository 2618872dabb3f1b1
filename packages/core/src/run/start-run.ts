import { diagnose } from '../process/diagnostics.js';
import { secretsOf } from '../process/environment.js';
import { runsEndingOn, trackPending, waitForRuns } from '../process/pending-runs.js';
import { type SupervisedChild, superviseChild } from '../process/supervise.js';
import type { TerminateOptions } from '../process/terminate.js';
import type { AnyRunRequest } from '../request/types.js';
import { redactText } from '../secrets/redact.js';
import { CLEANUP_MARGIN_MS, LINGER_MS, TERMINATE_GRACE_MS } from '../util/defaults.js';
import { discardRun, type PreparedRun, prepareRun } from './prepare-run.js';
import type { StopController } from './stop-controller.js';

/** Waits for the runs that must have ended before a run starts. Rejects when the run is stopped. */
export async function waitForPredecessors(
  request: AnyRunRequest,
  predecessors: readonly Promise<unknown>[],
  stop: StopController,
): Promise<void> {
  const { linger = LINGER_MS, terminateGrace = TERMINATE_GRACE_MS } = request;
  const runs = [...predecessors, ...runsEndingOn(request)];
  await stop.race(waitForRuns(runs, linger + 3 * terminateGrace + CLEANUP_MARGIN_MS));
}

/**
 * Waits for the runs that must have ended before this one starts, then prepares everything that a process needs.
 * Rejects when the run is stopped.
 */
export async function startRun(
  request: AnyRunRequest,
  predecessors: readonly Promise<unknown>[],
  stop: StopController,
): Promise<PreparedRun> {
  await waitForPredecessors(request, predecessors, stop);
  const preparing = prepareRun(request, stop.whenStopped);
  try {
    return await stop.race(preparing);
  } catch (error) {
    // A preparation that completes after the stop is undone.
    const undone = preparing.then(discardRun, () => undefined);
    trackPending(undone);
    throw error;
  }
}

/** Spawns the process of a run. */
export async function spawnRun(request: AnyRunRequest, prepared: PreparedRun): Promise<SupervisedChild> {
  const { runId, command, workspace, env } = prepared;
  const { cwd, temporary: paths } = workspace;
  const onSignal: TerminateOptions['onSignal'] = (signal, to) => {
    diagnose({ type: 'signal', runId, pid: process.child.pid, signal, to });
  };
  const grace = request.terminateGrace ?? TERMINATE_GRACE_MS;
  const process = await superviseChild({ ...prepared, cwd }, { paths, grace, onSignal });
  diagnose({ type: 'spawn', runId, pid: process.child.pid, command, cwd: redactText(cwd, secretsOf(env)) });
  return process;
}
