import type { Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { ResumeRequest } from '../request/types.js';
import { withCommand } from '../request/with-command.js';
import { observeEvents$ } from '../run/observe-run.js';

/**
 * Continues a thread with another prompt: `codex exec … resume <session>`, or `--last`.
 *
 * Emits, completes and errors like `exec$`. Its `thread.started` has `resumed: true`. Waits for runs on the same thread
 * that are ending.
 *
 * Without a `workingDirectory` it continues in the folder where the session started. An unknown name errors before
 * anything is spawned.
 *
 * Compares the thread with the requested session, because the CLI silently starts a new thread for a misspelt name, for
 * an unknown id (≤ 0.110) and for `--last` without a match. The run then errors before any event with a `SessionError`
 * (`SESSION_NOT_FOUND`), unless `onMissing` is `'new'`. Other codes: `SESSION_ARCHIVED`, `SESSION_BUSY`.
 *
 * @example
 * ```ts
 * import { resume$ } from '@codex-rx/core';
 *
 * resume$({ session: '01a205c4-69f5-7682-91b9-0f9fa5d429a7', prompt: 'And now the tests.' }).subscribe({
 *   next: (event) => console.log(event.type),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function resume$(request: ResumeRequest): Observable<ThreadEvent> {
  return observeEvents$(withCommand(request, 'resume'));
}
