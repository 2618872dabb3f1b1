import {
  followUsage,
  type ThreadEvent,
  type Usage,
  type UsageReport,
  type UsageState,
  usageState,
} from '@codex-rx/core/events';
import { defer, filter, map, type OperatorFunction, scan } from 'rxjs';

/** Options of `usage()`. */
export interface UsageOptions {
  /**
   * Usage of a resumed or forked thread so far: the `total` of its last turn. Without it, the usage of the first turn
   * is unknown.
   */
  readonly baseline?: Usage | undefined;
}

/**
 * Emits the tokens of the turn and of the thread after each turn.
 *
 * <span class="informal">The CLI reports totals of the thread; `usage` adds the cost of the turn.</span>
 *
 * Emits a {@link UsageReport} at each `turn.completed` with a usage: `total` of the thread, and `turn`, the
 * difference to the total before. `turn` is absent rather than guessed: in the first turn after a resume without
 * `baseline`, and after a turn that failed or was interrupted, which report no usage. A total that does not grow
 * after a resume is that of a CLI that counts per process (≤ 0.75); such totals are added up. Each thread is counted
 * on its own. Completes and errors with the source.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { usage } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Hello' })
 *   .pipe(usage())
 *   .subscribe(({ total, turn }) => console.log('turn', turn?.output_tokens, 'thread', total.output_tokens));
 * ```
 *
 * @see {@link turns}
 *
 * @param options Usage of the thread so far, if known.
 * @returns An operator that emits the usage of each turn and its thread.
 */
export function usage(options: UsageOptions = {}): OperatorFunction<ThreadEvent, UsageReport> {
  return (source$) =>
    defer(() =>
      source$.pipe(
        scan<ThreadEvent, readonly [UsageState, UsageReport?]>(
          ([state], event) => followUsage(state, event),
          [usageState(options.baseline)],
        ),
        map(([, report]) => report),
        filter((report) => report !== undefined),
      ),
    );
}
