import type { Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { ForkRequest } from '../request/types.js';
import { observeEvents$ } from '../run/observe-run.js';

/**
 * Goes on from a copy of a thread: `codex exec … fork <session>` (CLI ≥ 0.150; an older one is a `CapabilityError`).
 *
 * As `exec$`; its `thread.started` has the new thread's id and `forked_from`. Without a prompt it completes after that event. An unknown session is a
 * `SessionError` (`SESSION_NOT_FOUND`).
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
  return observeEvents$({ ...request, command: 'fork' });
}
