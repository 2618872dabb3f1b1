import type { ThreadEvent } from '@codex-rx/core/events';
import { defer, type MonoTypeOperatorFunction, takeWhile } from 'rxjs';
import { turnEnd } from '../turn-end.js';

/**
 * Completes with the end of the turn.
 *
 * <span class="informal">Do not wait for the process.</span>
 *
 * Mirrors the source up to and including the first `turn.completed` or `turn.failed`, then completes at once and leaves the source: a
 * process is then detached, as its turn is over. The end of another thread's turn (a sub-agent) does not count. A failed turn does not
 * make it error: its event is the last one. So is a `malformed` event that is one of these by its `event_type`. Completes and errors as the source does if that comes first.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { untilTerminal } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Hello' })
 *   .pipe(untilTerminal())
 *   .subscribe({ next: (event) => console.log(event.type), complete: () => console.log('over') });
 * ```
 *
 * @see {@link resumeOnFailure}, for which a failed turn is not the end
 *
 * @return An operator that mirrors the source until its turn has ended.
 */
export function untilTerminal(): MonoTypeOperatorFunction<ThreadEvent> {
  return (source$) =>
    defer(() => {
      let main: string | undefined;
      return source$.pipe(
        takeWhile((event) => {
          // Where `resumeOnFailure()` has joined streams, it may have gone on with another thread.
          const isSeam = event.type === 'thread.started' && event.attempt !== undefined;
          main = isSeam ? event.thread_id : (main ?? event.thread_id);
          return turnEnd(event) === undefined || (event.thread_id ?? main) !== main;
        }, true),
      );
    });
}
