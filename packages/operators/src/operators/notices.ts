import { type Notice, noticeOf, type ThreadEvent } from '@codex-rx/core/events';
import { filter, map, type OperatorFunction } from 'rxjs';

/**
 * Emits the retry notices and warnings of the CLI.
 *
 * <span class="informal">`Reconnecting... 1/5`; a notice never ends a run.</span>
 *
 * Emits a {@link Notice} for each `error` event and each completed item of type `error`. Completes and errors with
 * the source.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { notices } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Hello' })
 *   .pipe(notices())
 *   .subscribe(({ source, message }) => console.warn(`${source}: ${message}`));
 * ```
 *
 * @see {@link snapshots} whose `notices` lists all notices
 *
 * @returns An operator that emits notices.
 */
export function notices(): OperatorFunction<ThreadEvent, Notice> {
  return (source$) =>
    source$.pipe(
      map(noticeOf),
      filter((notice) => notice !== undefined),
    );
}
