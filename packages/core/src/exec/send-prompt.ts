import { defer, filter, map, type Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import { messageTracker } from '../events/messages/message-tracker.js';
import type { ExecRequest } from '../request/types.js';
import { exec$ } from './exec.js';

/**
 * Sends one prompt and emits the final message of the turn, or `''` if the turn has no message. Emits once, when the
 * turn completes. Completes when the process has exited. Finds the message as `finalMessage()` of
 * `@codex-rx/operators` does: comments (`phase: 'commentary'`) count only in a turn without another message.
 *
 * Errors like `exec$`.
 *
 * @example
 * ```ts
 * import { sendPrompt$ } from '@codex-rx/core';
 *
 * sendPrompt$({ prompt: 'What is 6 × 7? Answer with the number only.' }).subscribe({
 *   next: (answer) => console.log(answer),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function sendPrompt$(request: ExecRequest): Observable<string> {
  return answerOf(exec$(request));
}

/** Emits the final message of the first turn. */
export function answerOf(events$: Observable<ThreadEvent>): Observable<string> {
  return defer(() =>
    events$.pipe(
      map(messageTracker()),
      map(({ answer }) => answer),
      filter((answer) => answer !== undefined),
      // Not `take(1)`, which would complete before the process is gone; the first turn counts.
      filter((_, index) => index === 0),
    ),
  );
}
