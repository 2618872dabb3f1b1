import type { Observable } from 'rxjs';
import { turnResult } from '../events/result/turn-result.js';
import type { TurnResult, TurnResultOptions } from '../events/result/types.js';
import type { AnyRunRequest } from '../request/types.js';
import { observeEvents$ } from '../run/observe-run.js';

/**
 * Runs a turn and emits its result in one value: the answer, the thread, tokens, commands and files. `command` selects
 * exec (default), resume, fork or review.
 *
 * Emits once, when the turn completes, or when a fork without a prompt completes. Completes when the process has
 * exited. Errors like `exec$`; `error.result` then has what is known of the turn.
 *
 * @example
 * ```ts
 * import { runTurn$ } from '@codex-rx/core';
 * import { concatMap } from 'rxjs';
 *
 * const options = { workingDirectory: '.', sandbox: 'workspace-write', timeout: 30 * 60_000 } as const;
 * runTurn$({ ...options, prompt: 'Fix the build.' })
 *   .pipe(
 *     concatMap(({ threadId = '', usage }) =>
 *       runTurn$({ ...options, command: 'resume', session: threadId, prompt: 'Explain the fix.' }, { baseline: usage }),
 *     ),
 *   )
 *   .subscribe({
 *     next: ({ text, turnUsage }) => console.log(text, turnUsage?.output_tokens),
 *     error: (error) => console.error(String(error), error.result?.files),
 *   });
 * ```
 *
 * @param request the run
 * @param options the usage of a resumed or forked thread so far, so that the usage of the turn can be computed
 */
export function runTurn$(request: AnyRunRequest, options: TurnResultOptions = {}): Observable<TurnResult> {
  return observeEvents$(request).pipe(turnResult(options));
}
