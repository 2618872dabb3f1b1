import { catchError, concat, defer, EMPTY, filter, map, type OperatorFunction, of, throwError } from 'rxjs';
import { isBranded } from '../codex-error.js';
import type { ThreadEvent } from '../events.js';
import { UsageTracker } from '../usage/usage-tracker.js';
import { TurnCollector } from './turn-collector.js';
import type { TurnResult, TurnResultOptions } from './types.js';

/**
 * Emits the result of the turn in one value: the answer, the thread, tokens, commands, files.
 *
 * <span class="informal">A run as one value, such as for `await firstValueFrom(…)`.</span>
 *
 * Emits once: when the first turn of the main thread completes, or else when the source completes, for example after a
 * fork without a prompt or at the end of a log. Then completes with the source, which for a run is when its process is
 * gone. Errors with the source; an error of codex-rx then has the part of the value that is known
 * as `error.result`.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { turnResult } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Fix the build.', workingDirectory: '.', sandbox: 'workspace-write', timeout: 30 * 60_000 })
 *   .pipe(turnResult())
 *   .subscribe({
 *     next: ({ text, files, turnUsage }) => console.log(text, files.length, turnUsage?.output_tokens),
 *     error: (error) => console.error(String(error), error.result?.threadId),
 *   });
 * ```
 *
 * @see {@link finalMessage} for the answer alone
 * @see {@link turns} for every turn of a stream
 *
 * @param options The usage of the thread so far, if known.
 * @returns An operator that emits the result of the turn.
 */
export function turnResult(options: TurnResultOptions = {}): OperatorFunction<ThreadEvent, TurnResult> {
  return collectTurn(() => UsageTracker.from(options.baseline));
}

/** As `turnResult()`. The tracker that `usage` returns may already know the thread. */
export function collectTurn(usage: () => UsageTracker): OperatorFunction<ThreadEvent, TurnResult> {
  return (source$) =>
    defer(() => {
      const turn = new TurnCollector(usage());
      const completed$ = source$.pipe(
        map((event) => turn.next(event)),
        filter((result) => result !== undefined),
      );
      const ended$ = defer(() => (turn.isComplete ? EMPTY : of(turn.result())));
      return concat(completed$, ended$).pipe(
        catchError((error: unknown) => throwError(() => withResult(error, turn.result()))),
      );
    });
}

/** Not enumerable: a printed error would contain all events of its run. */
function withResult(error: unknown, result: TurnResult): unknown {
  return isBranded(error)
    ? Object.defineProperty(error, 'result', { value: result, configurable: true, writable: true })
    : error;
}
