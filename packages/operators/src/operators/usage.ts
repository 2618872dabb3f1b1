import type { ThreadEvent, Usage } from '@codex-rx/core/events';
import { defer, filter, map, type OperatorFunction, scan } from 'rxjs';
import { followUsage, type UsageReport, type UsageState, usageState } from '../usage/follow-usage.js';

export interface UsageOptions {
  /** What the thread had used before, when it is resumed or forked: the `total` of its last turn. Without it that turn's own figures are unknown. */
  readonly baseline?: Usage | undefined;
}

/**
 * Emits the tokens of the thread, and of the turn, after each turn.
 *
 * <span class="informal">The CLI counts for the whole thread; this tells what the turn has cost.</span>
 *
 * At each `turn.completed` with figures it emits a {@link UsageReport}, at once: `total` of the thread, and `turn`, the difference to what was told
 * before. `turn` is absent rather than guessed: for the first turn after a resume without `baseline`, and after a turn that failed or
 * was cut off, which tells no figures. Figures that do not grow when the thread is resumed are those of a CLI that counts per process
 * (≤ 0.75); they are added up. Threads are counted one by one. Completes and errors as the source does.
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
 * @param options What the thread had used before, if it is known.
 * @return An operator that emits what each turn and its thread have used.
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
