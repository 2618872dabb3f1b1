import type { Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { ReviewRequest } from '../request/types.js';
import { observeEvents$ } from './run-observables.js';

/**
 * A code review of a git repository: `codex exec … review` (CLI ≥ 0.75). Set `workingDirectory` to the repository.
 *
 * As `exec$`; the review is the last `agent_message`.
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
