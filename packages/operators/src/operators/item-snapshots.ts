import type { ThreadEvent } from '@codex-rx/core/events';
import { filter, map, type OperatorFunction, pairwise, startWith } from 'rxjs';
import { changedItem, emptySnapshot } from '../snapshot/state.js';
import type { ItemSnapshot } from '../snapshot/types.js';
import { snapshots } from './snapshots.js';

/**
 * Emits the current state of the item that an event has changed.
 *
 * <span class="informal">One card per item, always up to date.</span>
 *
 * For each event that changes an item, at once: the whole {@link ItemSnapshot}, deltas applied, also if the item was never started. Its
 * `index` is a key that no other item of the stream has. Events that change no item emit nothing. Completes and errors as the source does.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { itemSnapshots } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests' })
 *   .pipe(itemSnapshots())
 *   .subscribe(({ index, state, item }) => console.log(`#${index} ${item.type}: ${state}`));
 * ```
 *
 * @see {@link snapshots}
 * @see {@link ofItem}
 *
 * @return An operator that emits the item that each event has changed.
 */
export function itemSnapshots(): OperatorFunction<ThreadEvent, ItemSnapshot> {
  return (source$) =>
    source$.pipe(
      snapshots(),
      startWith(emptySnapshot),
      pairwise(),
      map(([before, after]) => changedItem(before, after)),
      filter((item) => item !== undefined),
    );
}
