import type { ThreadEvent } from '@codex-rx/core/events';
import { type OperatorFunction, scan } from 'rxjs';
import { reduceSnapshot } from '../snapshot/reduce-snapshot.js';
import { emptySnapshot } from '../snapshot/state.js';
import type { ThreadSnapshot } from '../snapshot/types.js';
import type { SnapshotsConfig } from './snapshots.js';

/**
 * Pairs each event with the snapshot after it.
 *
 * <span class="informal">What happened, and what it led to.</span>
 *
 * Emits `[event, snapshot]` for each event, at once; the snapshot already contains the event. Completes and errors as the source does.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { withLatestSnapshot } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests' })
 *   .pipe(withLatestSnapshot())
 *   .subscribe(([event, { commands }]) => console.log(event.type, `after ${commands.length} commands`));
 * ```
 *
 * @param config The snapshot to go on from, if not from nothing.
 * @return An operator that emits each event with the snapshot after it.
 * @see {@link snapshots}
 */
export function withLatestSnapshot(
  config: SnapshotsConfig = {},
): OperatorFunction<ThreadEvent, readonly [event: ThreadEvent, snapshot: ThreadSnapshot]> {
  const seed = config.seed ?? emptySnapshot;
  return scan<ThreadEvent, readonly [ThreadEvent, ThreadSnapshot], undefined>(
    (before, event) => [event, reduceSnapshot(before?.[1] ?? seed, event)],
    undefined,
  );
}
