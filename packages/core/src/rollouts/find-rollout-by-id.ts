import { basename } from 'node:path';
import { catchError, concatMap, defer, EMPTY, filter, from, map, type Observable, take } from 'rxjs';
import { isCodexError } from '../errors/is-codex-error.js';
import { RequestError } from '../errors/request-error.js';
import { listRollouts, type Report } from '../home/list-rollouts.js';
import { checkHome, type FindRolloutsOptions, warn } from './find-rollouts.js';
import { readRollout$ } from './read-rollout.js';

/** A session's own data is the first record; damaged lines may stand before it. */
const RECORDS_TO_LOOK_AT = 32;

/**
 * Finds the session file of a thread: emits its path once, or nothing, then completes.
 *
 * A file whose name ends with the id wins (newest first); only if there is none, the session data within the files is looked at. The id may
 * have the prefix `urn:uuid:`. Files that cannot be read are reported to `onSkipped` and left out. Errors: `RequestError`
 * (`REQUEST_INVALID`) for an empty `home` or `id`, `HomeError` (`HOME_FAILED`) for a home that is no folder.
 *
 * @example
 * ```ts
 * import { findRolloutById$, readRollout$, rolloutToEvents } from '@codex-rx/core/rollouts';
 * import { mergeMap } from 'rxjs';
 *
 * findRolloutById$('/home/user/.codex', '01a205cf-edce-7691-b910-9d884c36c6a3')
 *   .pipe(mergeMap((path) => readRollout$(path)), rolloutToEvents())
 *   .subscribe((event) => console.log(event.type));
 * ```
 */
export function findRolloutById$(home: string, id: string, options: FindRolloutsOptions = {}): Observable<string> {
  return defer(() => {
    checkHome(home);
    const wanted = bareId(id);
    if (wanted === '') throw new RequestError('id', 'must be the id of a thread');
    const report = options.onSkipped ?? warn;
    return from(listRollouts(home, report)).pipe(
      concatMap((paths) => {
        const named = paths.find((path) => basename(path).toLowerCase().endsWith(`-${wanted.toLowerCase()}.jsonl`));
        return named === undefined ? from(paths).pipe(concatMap((path) => ifIsOf$(path, wanted, report))) : [named];
      }),
      take(1),
    );
  });
}

function bareId(id: unknown): string {
  return typeof id === 'string' ? id.trim().replace(/^urn:uuid:/i, '') : '';
}

function ifIsOf$(path: string, id: string, report: Report): Observable<string> {
  return readRollout$(path).pipe(
    take(RECORDS_TO_LOOK_AT),
    filter((record) => record.type === 'session_meta'),
    take(1),
    filter(({ payload }) => bareId(payload.id).toLowerCase() === id.toLowerCase()),
    map(() => path),
    catchError((error: unknown) => {
      if (!isCodexError(error, 'INPUT_FAILED')) throw error;
      report(error);
      return EMPTY;
    }),
  );
}
