import { platform } from './platform/index.js';
import { ProcessTable } from './process-table.js';
import { RUN_ID_VARIABLE } from './run-id.js';
import { RunTable } from './run-table.js';

/**
 * Caches the last snapshot, so that runs that end at the same time share it. The caller passes the earliest time
 * (`performance.now()`) of an acceptable snapshot.
 */
function shared<T>(take: () => T): (since: number) => T {
  let takenAt = Number.NEGATIVE_INFINITY;
  let last: T | undefined;
  return (since) => {
    if (last === undefined || takenAt < since) {
      takenAt = performance.now();
      last = take();
    }
    return last;
  };
}

export const listProcesses: (since: number) => ProcessTable = shared(() => new ProcessTable(platform.list()));

export const listRunProcesses: (since: number) => RunTable = shared(
  () => new RunTable(platform.listWithVariable(RUN_ID_VARIABLE)),
);
