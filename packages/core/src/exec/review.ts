import type { Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { ReviewRequest } from '../request/types.js';
import { withCommand } from '../request/with-command.js';
import { observeEvents$ } from '../run/observe-run.js';

/**
 * Reviews the code of a git repository: `codex exec … review` (CLI ≥ 0.75).
 *
 * Emits, completes and errors like `exec$`. The review is the last `agent_message`. Set `workingDirectory` on the
 * request or its client: without it the run errors with a `RequestError`, and outside a repository with an `ExitError`.
 *
 * @example
 * ```ts
 * import { review$ } from '@codex-rx/core';
 *
 * review$({ target: { uncommitted: true }, workingDirectory: '.' }).subscribe({
 *   next: (event) => console.log(event.type),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function review$(request: ReviewRequest): Observable<ThreadEvent> {
  return observeEvents$(withCommand(request, 'review'));
}
