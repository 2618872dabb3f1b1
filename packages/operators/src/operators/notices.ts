import type { ThreadEvent } from '@codex-rx/core/events';
import { filter, map, type OperatorFunction } from 'rxjs';
import { noticeOf } from '../notice.js';
import type { Notice } from '../snapshot/types.js';

/**
 * Emits what the CLI wants to be known: retries and warnings.
 *
 * <span class="informal">`Reconnecting... 1/5`; nothing here is the end of a run.</span>
 *
 * Emits a {@link Notice} at once for each `error` event and each completed item of type `error`. Completes and errors as the source does.
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
 * @see {@link snapshots} whose `notices` has all of them
 *
 * @return An operator that emits retries and warnings.
 */
export function notices(): OperatorFunction<ThreadEvent, Notice> {
  return (source$) =>
    source$.pipe(
      map(noticeOf),
      filter((notice) => notice !== undefined),
    );
}
