import { basename } from 'node:path';
import { catchError, concatMap, defer, EMPTY, filter, from, map, type Observable, take } from 'rxjs';
import { isCodexError } from '../errors/is-codex-error.js';
import { RequestError } from '../errors/request-error.js';
import { listRollouts, type Report } from '../home/list-rollouts.js';
import { checkHome, type FindRolloutsOptions, warn } from './find-rollouts.js';
import { readRolloutHead$ } from './read-rollout.js';

/** The data of the session is the first record, unless damaged lines precede it. */
const MAX_RECORDS = 32;

/**
 * Finds the session file of a thread: emits its path once, or nothing, then completes.
 *
 * Prefers a file whose name ends with the id, the newest first. Otherwise reads the session data inside the files.
 * The id may have the prefix `urn:uuid:`. Reports files that cannot be read to `onSkipped` and skips them.
 *
 * Errors with `RequestError` (`REQUEST_INVALID`) for an empty `home` or `id`, and with `HomeError` (`HOME_FAILED`)
 * for a home that is not a folder.
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
    if (wanted === '') throw new RequestError('id', 'must be the id of a thread.');
    const report = options.onSkipped ?? warn;
    return from(listRollouts(home, report)).pipe(
      concatMap((paths) => {
        const named = paths.find((path) =>
          basename(path, '.zst').toLowerCase().endsWith(`-${wanted.toLowerCase()}.jsonl`),
        );
        return named === undefined ? from(paths).pipe(concatMap((path) => matching$(path, wanted, report))) : [named];
      }),
      take(1),
    );
  });
}

function bareId(id: unknown): string {
  return typeof id === 'string' ? id.trim().replace(/^urn:uuid:/i, '') : '';
}

function matching$(path: string, id: string, report: Report): Observable<string> {
  return readRolloutHead$(path).pipe(
    take(MAX_RECORDS),
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
