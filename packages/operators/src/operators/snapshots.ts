import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import { type OperatorFunction, scan } from 'rxjs';

/** Options of `snapshots()`. */
export interface SnapshotsOptions {
  /** Snapshot to start from. Default: {@link emptySnapshot}. */
  readonly seed?: ThreadSnapshot | undefined;
}

/**
 * Emits the state of the stream after each event.
 *
 * <span class="informal">From a stream of events to the state that an app shows.</span>
 *
 * One {@link ThreadSnapshot} per event; the same object as before if the event changed nothing (an
 * unknown type, a late start or delta of a final item), so that `distinctUntilChanged()` drops it. A
 * snapshot is immutable and shares its unchanged parts, so that keeping many snapshots is cheap. Completes and errors
 * with the source.
 *
 * It is right for any order of events: updates of items that were never started, items that never complete, item ids
 * that restart with each process or turn, sub-agents, and streams that `resumeOnFailure()` has joined.
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
