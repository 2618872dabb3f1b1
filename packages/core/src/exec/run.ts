import type { Observable } from 'rxjs';
import type { AnyRunRequest } from '../request/types.js';
import { observeNotifications$ } from '../run/observe-run.js';
import type { RunNotification } from '../run/run-notification.js';

/**
 * Everything about one run: `started` with the pid and the printable command, each event, pieces of standard error as they come, `exited`
 * with the exit code and the final message. `command` chooses between exec (default), resume, fork and review.
 *
 * Completes and errors as `exec$`; `exited` comes before either.
 *
 * @example
 * ```ts
 * import { run$ } from '@codex-rx/core';
 *
 * run$({ prompt: 'Say hello.' }).subscribe({
 *   next: (signal) => {
 *     if (signal.type === 'started') console.log(signal.command);
 *     if (signal.type === 'exited') console.log(signal.code, signal.lastMessage);
 *   },
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function run$(request: AnyRunRequest): Observable<RunNotification> {
  return observeNotifications$(request);
}
