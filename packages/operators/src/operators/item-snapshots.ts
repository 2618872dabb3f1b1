import { changedItem, emptySnapshot, type ItemSnapshot, type ThreadEvent } from '@codex-rx/core/events';
import { filter, map, type OperatorFunction, pairwise, startWith } from 'rxjs';
import { snapshots } from './snapshots.js';

/**
 * Emits the state of an item whenever an event changes it.
 *
 * <span class="informal">One card per item, always up to date.</span>
 *
 * Emits the whole {@link ItemSnapshot}, with all deltas applied, for each event that changes an item, also if the
 * item was never started. Its `index` is unique in the stream and never changes. Other events emit nothing. Completes
 * and errors with the source.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { itemSnapshots } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests', workingDirectory: '.', timeout: 30 * 60_000 })
 *   .pipe(itemSnapshots())
 *   .subscribe(({ index, state, item }) => console.log(`#${index} ${item.type}: ${state}`));
 * ```
 *
 * @see {@link snapshots}
 * @see {@link ofItem}
 *
 * @returns An operator that emits changed items.
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
