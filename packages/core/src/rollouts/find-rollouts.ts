import { defer, from, mergeAll, type Observable } from 'rxjs';
import type { InputError } from '../errors/input-error.js';
import { RequestError } from '../errors/request-error.js';
import { listRollouts } from '../home/list-rollouts.js';

export interface FindRolloutsOptions {
  /** Hears of each file or folder that cannot be read and is left out. Default: a warning of the process. */
  readonly onSkipped?: ((problem: InputError) => void) | undefined;
}

/**
 * Finds the session files of a Codex home: emits the path of each rollout below `sessions` and `archived_sessions`, newest session first
 * (by the start of the session, which is in the name), then completes.
 *
 * A home that does not exist, or has no sessions yet, has none. Folders that cannot be read are reported to `onSkipped` and left out;
 * links are followed, each folder once. Errors: `RequestError` (`REQUEST_INVALID`) for an empty `home`, `HomeError` (`HOME_FAILED`) for one
 * that is no folder.
 *
 * @example
 * ```ts
 * import { findRollouts$, readRollout$ } from '@codex-rx/core/rollouts';
 * import { mergeMap, take } from 'rxjs';
 *
 * findRollouts$('/home/user/.codex')
 *   .pipe(take(1), mergeMap((path) => readRollout$(path)))
 *   .subscribe((record) => console.log(record.line_number, record.type));
 * ```
 */
export function findRollouts$(home: string, options: FindRolloutsOptions = {}): Observable<string> {
  return defer(() => {
    checkHome(home);
    return from(listRollouts(home, options.onSkipped ?? warn)).pipe(mergeAll());
  });
}

export function checkHome(home: unknown): void {
  if (typeof home !== 'string' || home === '') throw new RequestError('home', 'must be the path of a Codex home');
}

export function warn(problem: InputError): void {
  process.emitWarning(problem.message, { type: 'CodexRxWarning', code: problem.code });
}
