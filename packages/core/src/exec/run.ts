import type { Observable } from 'rxjs';
import type { AnyRunRequest } from '../request/types.js';
import { notificationsOf$, observeExec$ } from '../run/observe-run.js';
import type { RunNotification } from '../run/run-notification.js';

/**
 * Emits the notifications of one run: `started` with the pid and the printable command, each event, each chunk of
 * standard error, and `exited` with the exit code and the final message. `command` selects exec (default), resume, fork
 * or review.
 *
 * Completes and errors like `exec$`, after `exited`.
 *
 * @example
 * ```ts
 * import { run$ } from '@codex-rx/core';
 *
 * run$({ prompt: 'Say hello.' }).subscribe({
 *   next: (notification) => {
 *     if (notification.type === 'started') console.log(notification.command);
 *     if (notification.type === 'exited') console.log(notification.code, notification.lastMessage);
 *   },
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function run$(request: AnyRunRequest): Observable<RunNotification> {
  return notificationsOf$(observeExec$, request);
}
