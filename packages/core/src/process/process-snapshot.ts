import { type ProcessInfo, platform, type TaggedProcess } from './platform/index.js';
import { RUN_ID_VARIABLE } from './run-id.js';

/**
 * Keeps the last listing, so that many runs that end at once share one: a caller says from which moment on (`performance.now()`) a listing
 * is recent enough for it.
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

export const listProcesses: (since: number) => readonly ProcessInfo[] = shared(() => platform.list());

export const listRunProcesses: (since: number) => readonly TaggedProcess[] = shared(() =>
  platform.listWithVariable(RUN_ID_VARIABLE),
);
