import type { Observable } from 'rxjs';
import type { RawLine } from '../events/raw-line.js';
import type { AnyRunRequest } from '../request/types.js';
import { linesOf$, observeExec$ } from '../run/observe-run.js';

/**
 * Emits each line of the CLI's standard output, after the request's `lines` operator and before decoding. Blank lines
 * are `''`. Use it for logs, recorders and custom decoders.
 *
 * Completes and errors like `exec$`.
 *
 * @example
 * ```ts
 * import { lines$ } from '@codex-rx/core';
 *
 * lines$({ prompt: 'Say hello.' }).subscribe({
 *   next: (line) => console.log(typeof line === 'string' ? line : line.problem),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function lines$(request: AnyRunRequest): Observable<RawLine> {
  return linesOf$(observeExec$, request);
}
