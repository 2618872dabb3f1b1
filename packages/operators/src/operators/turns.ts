import { emptySnapshot, endedTurn, type ThreadEvent, type TurnSnapshot } from '@codex-rx/core/events';
import { filter, map, type OperatorFunction, pairwise, startWith } from 'rxjs';
import { snapshots } from './snapshots.js';

/**
 * Emits each turn, with its items, when it has ended.
 *
 * <span class="informal">One value per turn, with its result.</span>
 *
 * Emits a {@link TurnSnapshot} with status `completed` or `failed` at each `turn.completed` or `turn.failed`. A turn
 * without an end is not emitted. Completes and errors with the source.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { turns } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests', workingDirectory: '.', timeout: 30 * 60_000 })
 *   .pipe(turns())
 *   .subscribe(({ status, items, usage }) => console.log(status, items.length, usage?.output_tokens));
 * ```
 *
 * @see {@link snapshots}
 *
 * @returns An operator that emits ended turns.
 */
export function turns(): OperatorFunction<ThreadEvent, TurnSnapshot> {
  return (source$) =>
    source$.pipe(
      snapshots(),
      startWith(emptySnapshot),
      pairwise(),
      map(([before, after]) => endedTurn(before, after)),
      filter((turn) => turn !== undefined),
    );
}
