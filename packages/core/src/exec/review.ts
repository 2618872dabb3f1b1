import type { Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { ReviewRequest } from '../request/types.js';
import { observeEvents$ } from '../run/observe-run.js';

/**
 * A code review of a git repository: `codex exec … review` (CLI ≥ 0.75).
 *
 * As `exec$`; the review is the last `agent_message`. `workingDirectory` has to be set, on the request or its client: without it the run
 * errors with a `RequestError`, and outside of a repository with an `ExitError`.
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
  return observeEvents$({ ...request, command: 'review' });
}
