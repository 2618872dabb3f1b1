import type { Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { ForkRequest } from '../request/types.js';
import { withCommand } from '../request/with-command.js';
import { observeEvents$ } from '../run/observe-run.js';

/**
 * Continues a copy of a thread: `codex exec … fork <session>`. Needs CLI ≥ 0.150, otherwise errors with a
 * `CapabilityError`.
 *
 * Without a `workingDirectory` it continues in the folder where the session started.
 *
 * Emits, completes and errors like `exec$`. Its `thread.started` has the new thread's id and `forked_from`. Without a
 * prompt it completes after that event. Errors with a `SessionError` (`SESSION_NOT_FOUND`) for an unknown session.
 *
 * @example
 * ```ts
 * import { fork$ } from '@codex-rx/core';
 *
 * fork$({ session: '01a205c4-69f5-7682-91b9-0f9fa5d429a7', prompt: 'Try it another way.' }).subscribe({
 *   next: (event) => console.log(event.type),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function fork$(request: ForkRequest): Observable<ThreadEvent> {
  return observeEvents$(withCommand(request, 'fork'));
}
