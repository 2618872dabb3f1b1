import type { ThreadEvent } from '@codex-rx/core/events';
import { filter, map, type OperatorFunction, pairwise, startWith } from 'rxjs';
import { emptySnapshot, endedTurn } from '../snapshot/state.js';
import type { TurnSnapshot } from '../snapshot/types.js';
import { snapshots } from './snapshots.js';

/**
 * Emits each turn, with its items, when it has ended.
 *
 * <span class="informal">One value per turn: what came of it.</span>
 *
 * Emits a {@link TurnSnapshot} with status `completed` or `failed` at once when a `turn.completed` or `turn.failed` arrives. A turn whose
 * end is never told is not emitted. Completes and errors as the source does.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { turns } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests' })
 *   .pipe(turns())
 *   .subscribe(({ status, items, usage }) => console.log(status, items.length, usage?.output_tokens));
 * ```
 *
 * @see {@link snapshots}
 *
 * @return An operator that emits the turns that have ended.
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
