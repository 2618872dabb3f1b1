import { randomUUID } from 'node:crypto';

/**
 * Every process of a run has this environment variable, unless it cleaned its environment. Identifies processes that
 * left the process tree: daemons, and commands in their own session whose parent has exited.
 */
export const RUN_ID_VARIABLE = 'CODEX_RX_RUN_ID';

export const createRunId = (): string => randomUUID();

/**
 * Returns the value of the variable for a run. A host that is itself part of a run (an agent that uses this SDK)
 * includes the outer ids, so that the end of the outer run also finds the processes of the inner run.
 */
export function runIdValue(runId: string, outer: string | undefined): string {
  return outer === undefined || outer === '' ? runId : `${outer}/${runId}`;
}

/** Returns the ids of the run of a process, and of the runs around it. */
export const runIdsOf = (value: string): readonly string[] => value.split('/');

export const carriesRunId = (value: string, runId: string): boolean => runIdsOf(value).includes(runId);
