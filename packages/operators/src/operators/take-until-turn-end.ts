import type { ThreadEvent } from '@codex-rx/core/events';
import { defer, type MonoTypeOperatorFunction, takeWhile } from 'rxjs';
import { MainThread } from '../main-thread.js';
import { turnEnd } from '../turn-end.js';

/**
 * Completes with the end of the turn.
 *
 * <span class="informal">Do not wait for the process.</span>
 *
 * Mirrors the source up to and including the first `turn.completed` or `turn.failed`, then completes at once and leaves the source: a
 * process is then detached, as its turn is over. The end of another thread's turn does not count: of a sub-agent's, which is one that starts
 * while a `collab_tool_call` is open; any other thread that starts is the one to wait for. A failed turn does not make it error: its event is
 * the last one. So is a `malformed` event that is one of these by its `event_type`. Completes and errors as the source does if that comes
 * first.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { takeUntilTurnEnd } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Hello' })
 *   .pipe(takeUntilTurnEnd())
 *   .subscribe({ next: (event) => console.log(event.type), complete: () => console.log('over') });
 * ```
 *
 * @see {@link resumeOnFailure}, for which a failed turn is not the end
 *
 * @return An operator that mirrors the source until its turn has ended.
 */
export function takeUntilTurnEnd(): MonoTypeOperatorFunction<ThreadEvent> {
  return (source$) =>
    defer(() => {
      const main = new MainThread();
      return source$.pipe(
        takeWhile((event) => {
          main.next(event);
          return turnEnd(event) === undefined || !main.has(event);
        }, true),
      );
    });
}
