import { type ThreadEvent, terminalTypeOf } from '@codex-rx/core/events';
import { defer, type MonoTypeOperatorFunction, takeWhile } from 'rxjs';
import { MainThread } from '../thread/main-thread.js';

/**
 * Mirrors the source until the end of the turn, then completes.
 *
 * <span class="informal">Complete without waiting for the process.</span>
 *
 * Emits the events up to and including the first `turn.completed` or `turn.failed` of the main thread, then completes
 * and unsubscribes from the source; the process of a run is then detached, as its turn has ended. The main thread is
 * the last thread to start, unless it started while an open `collab_tool_call` called a sub-agent. A failed turn
 * is the last event, not an error. A `malformed` event with one of these as `event_type` ends the turn, too.
 * Completes and errors with the source if that happens first.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { takeUntilTurnEnd } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Hello' })
 *   .pipe(takeUntilTurnEnd())
 *   .subscribe({ next: (event) => console.log(event.type), complete: () => console.log('turn ended') });
 * ```
 *
 * @see {@link resumeOnFailure}, which continues after a failed turn
 *
 * @returns An operator that mirrors the source until the end of its turn.
 */
export function takeUntilTurnEnd(): MonoTypeOperatorFunction<ThreadEvent> {
  return (source$) =>
    defer(() => {
      const main = new MainThread();
      return source$.pipe(
        takeWhile((event) => {
          main.next(event);
          return terminalTypeOf(event) === undefined || !main.has(event);
        }, true),
      );
    });
}
