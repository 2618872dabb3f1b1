import type { ThreadEvent } from '@codex-rx/core/events';
import { type OperatorFunction, scan } from 'rxjs';
import { reduceSnapshot } from '../snapshot/reduce-snapshot.js';
import { emptySnapshot } from '../snapshot/state.js';
import type { ThreadSnapshot } from '../snapshot/types.js';

export interface SnapshotsOptions {
  /** Snapshot to start from. Default: {@link emptySnapshot}. */
  readonly seed?: ThreadSnapshot | undefined;
}

/**
 * Emits what the stream has told so far, after each event.
 *
 * <span class="informal">From a stream of events to the state that an app shows.</span>
 *
 * One {@link ThreadSnapshot} per event, at once; the same object as before if the event changed nothing (one of an unknown type, a late start
 * or piece of an item that is final), so `distinctUntilChanged()` leaves those out. A snapshot is immutable and shares what did not change, so keeping many of them is cheap. Completes and errors as the
 * source does; adds no errors of its own.
 *
 * It is right for any order of events: updates of items that were never started, items that never complete, item ids that begin again
 * with each process or turn, sub-agents, and streams that `resumeOnFailure()` has joined.
 *
 * @example
 * ```ts
 * import { snapshots } from '@codex-rx/operators';
 * import { from, last } from 'rxjs';
 *
 * from([
 *   { type: 'thread.started', thread_id: 't1' } as const,
 *   { type: 'turn.started' } as const,
 *   { type: 'item.completed', item: { id: 'item_0', type: 'agent_message', text: 'Hello' } } as const,
 * ])
 *   .pipe(snapshots(), last())
 *   .subscribe((snapshot) => console.log(snapshot.status, snapshot.messages.at(-1)?.text)); // in_progress Hello
 * ```
 *
 * @see {@link itemSnapshots}
 * @see {@link withLatestSnapshot}
 * @see {@link reduceSnapshot}
 *
 * @param options The snapshot to start from.
 * @returns An operator that emits the snapshot after each event.
 */
export function snapshots(options: SnapshotsOptions = {}): OperatorFunction<ThreadEvent, ThreadSnapshot> {
  return scan(reduceSnapshot, options.seed ?? emptySnapshot);
}
