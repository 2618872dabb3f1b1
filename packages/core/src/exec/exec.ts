import type { Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { ExecRequest } from '../request/types.js';
import { withCommand } from '../request/with-command.js';
import { observeEvents$ } from '../run/observe-run.js';

/**
 * Runs `codex exec --json` and emits its events. The Observable is cold: each subscription spawns one process.
 *
 * Emits each event when the CLI writes it. Completes when the turn has completed *and* the process has exited.
 * Unsubscribing before the end of the turn kills the process and every process that it started. After the end of the
 * turn the CLI may complete its own shutdown (`linger`).
 *
 * Errors after the process has exited:
 * - `TurnFailedError` (`TURN_FAILED`): the turn failed
 * - `ExitError` (`EXIT`): the process exited before the end of the turn
 * - `RunTimeoutError` (`RUN_TIMEOUT`): the turn exceeded `timeout`
 * - `AbortError` (`ABORT_ERR`): `signal` was aborted
 * - `RequestError` (`REQUEST_INVALID`), `CapabilityError`, `BinaryNotFoundError`: the run was not spawned
 * - `SpawnError`, `HomeError`, `OutputError`, and with `strict` `DecodeError`
 *
 * An `error` *event* is a notice and does not end the run.
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
  return observeEvents$(withCommand(request, 'exec'));
}
