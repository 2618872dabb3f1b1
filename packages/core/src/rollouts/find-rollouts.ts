import { defer, from, mergeAll, type Observable } from 'rxjs';
import type { InputError } from '../errors/input-error.js';
import { RequestError } from '../errors/request-error.js';
import { listRollouts } from '../home/list-rollouts.js';
import { checkPath } from '../request/checks.js';

/** Options of `findRollouts$`. */
export interface FindRolloutsOptions {
  /** Called with each file or folder that cannot be read and is skipped. Default: emits a process warning. */
  readonly onSkipped?: ((problem: InputError) => void) | undefined;
}

/**
 * Emits the path of each session file of a Codex home, below `sessions` and `archived_sessions`, newest session first
 * (by the start of the session, which is part of the name), then completes. Compressed files (`.jsonl.zst`) are among
 * them.
 *
 * A home that does not exist has no sessions. Reports folders that cannot be read to `onSkipped` and skips them.
 * Follows links, each folder once.
 *
 * Errors with `RequestError` (`REQUEST_INVALID`) for an empty `home`, and with `HomeError` (`HOME_FAILED`) for a
 * home that is not a folder.
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
  if (typeof home !== 'string' || home === '') throw new RequestError('home', 'must be the path of a Codex home.');
  checkPath('home', home);
}

export function warn(problem: InputError): void {
  process.emitWarning(problem.message, { type: 'CodexRxWarning', code: problem.code });
}
