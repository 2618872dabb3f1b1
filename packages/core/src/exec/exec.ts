import type { Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { ExecRequest } from '../request/types.js';
import { observeEvents$ } from '../run/observe-run.js';

/**
 * One run of `codex exec --json`, as a cold Observable of its events: nothing happens before you subscribe, and each subscription is one process.
 *
 * Emits each event as the CLI writes it. Completes when the turn was completed *and* the process is gone. Unsubscribing before the end of the turn
 * ends the process and everything it started; after it the CLI may finish its own shutdown (`linger`).
 *
 * Errors, all after the process is gone: `TurnFailedError` (`TURN_FAILED`), `ExitError` (`EXIT`: it ended without ending the turn), `RunTimeoutError`
 * (`RUN_TIMEOUT`), `AbortError` (`ABORT_ERR`, by `signal`), `RequestError` (`REQUEST_INVALID`) and `CapabilityError` before anything is spawned,
 * `BinaryNotFoundError`, `SpawnError`, `HomeError`, `OutputError`, and with `strict` `DecodeError`. An `error` *event* is a notice, not the end.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 *
 * exec$({ prompt: 'Say hello.', workingDirectory: '.', sandbox: 'read-only' }).subscribe({
 *   next: (event) => {
 *     if (event.type === 'item.completed' && event.item.type === 'agent_message') console.log(event.item.text);
 *   },
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function exec$(request: ExecRequest): Observable<ThreadEvent> {
  return observeEvents$({ ...request, command: 'exec' });
}
