import { randomUUID } from 'node:crypto';

/**
 * Every process of a run carries this variable, unless it cleaned its environment: it finds what left the process tree (daemons, commands in
 * sessions of their own whose parent is gone).
 */
export const RUN_ID_VARIABLE = 'CODEX_RX_RUN_ID';

export const createRunId = (): string => randomUUID();

/**
 * The variable's value for a run. A host that is itself part of a run (an agent that uses this SDK) hands the outer ids on, so that the end
 * of the outer run finds the processes of the inner one too.
 */
export function runIdValue(runId: string, outer: string | undefined): string {
  return outer === undefined || outer === '' ? runId : `${outer}/${runId}`;
}

/** Returns the ids of the run of a process, and of the runs around it. */
export const runIdsOf = (value: string): readonly string[] => value.split('/');

export const carriesRunId = (value: string, runId: string): boolean => runIdsOf(value).includes(runId);
