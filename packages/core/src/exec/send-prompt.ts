import { filter, map, type Observable, scan } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { ExecRequest } from '../request/types.js';
import { exec$ } from './exec.js';

interface Answer {
  readonly text: string;
  readonly isFinal: boolean;
}

const nothing: Answer = { text: '', isFinal: false };

function listen(answer: Answer, event: ThreadEvent): Answer {
  if (event.type === 'item.completed' && event.item.type === 'agent_message') {
    return { text: event.item.text, isFinal: false };
  }
  // A body that has drifted is `malformed`; its type still says that the turn is over.
  const type = event.type === 'malformed' ? event.event_type : event.type;
  return { ...answer, isFinal: type === 'turn.completed' };
}

/**
 * Asks for one thing and emits the final message, once: `''` if the agent said nothing. It is emitted when the turn is completed; completion
 * follows when the process is gone.
 *
 * Errors as `exec$`.
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
  return exec$(request).pipe(
    scan(listen, nothing),
    filter((answer) => answer.isFinal),
    // Not `take(1)`, which would complete before the process is gone; the first turn counts.
    filter((_, index) => index === 0),
    map((answer) => answer.text),
  );
}
