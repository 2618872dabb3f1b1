import {
  changedItems,
  emptySnapshot,
  type ItemSnapshot,
  type ThreadSnapshot,
  type ThreadStatus,
  type TodoListItem,
  type TurnError,
  type Usage,
} from '@codex-rx/core/events';
import { map, type OperatorFunction, pairwise, startWith } from 'rxjs';

/** The state of a run as JSON: the whole state, or the items that have changed since the patch before. */
export interface SnapshotPatch {
  /** `snapshot`: `items` are all items. `patch`: `items` are the changed and the new ones. */
  readonly type: 'snapshot' | 'patch';
  /** Put each item at its `index`. */
  readonly items: readonly ItemSnapshot[];
  /** The main thread. */
  readonly threadId: string | null;
  /** How far the last turn is. */
  readonly status: ThreadStatus;
  /** Why the last turn failed. */
  readonly error: TurnError | null;
  /** The latest to-do list. */
  readonly todos: TodoListItem | null;
  /** Tokens of the thread and of its last turn. */
  readonly usage: { readonly total: Usage | null; readonly turn: Usage | null };
}

/**
 * Turns snapshots into values to send to another process: first the whole state, then what has changed.
 *
 * <span class="informal">For a browser that shows a run: each item is sent when it changes, and not again.</span>
 *
 * The first {@link SnapshotPatch} of a subscription has all items, each later one the items that differ from the
 * snapshot before it. Finds them by the parts that both snapshots share, so that throttled snapshots cost what has
 * changed. All other fields are whole, and `null` where a snapshot has `undefined`, which JSON cannot express.
 * Completes and errors with the source.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { shareRun, snapshotPatches } from '@codex-rx/operators';
 * import { throttleTime } from 'rxjs';
 *
 * const run$ = exec$({ prompt: 'Fix the build.', workingDirectory: '.', timeout: 30 * 60_000 }).pipe(shareRun());
 * run$
 *   .pipe(throttleTime(50, undefined, { leading: true, trailing: true }), snapshotPatches())
 *   .subscribe((patch) => console.log(JSON.stringify(patch)));
 * ```
 *
 * @see {@link shareRun}
 * @see {@link snapshots}
 *
 * @returns An operator that emits the whole state, then patches.
 */
export function snapshotPatches(): OperatorFunction<ThreadSnapshot, SnapshotPatch> {
  return (source$) =>
    source$.pipe(
      startWith(emptySnapshot),
      pairwise(),
      map(([before, after], index) => toPatch(before, after, index === 0 ? 'snapshot' : 'patch')),
    );
}

function toPatch(before: ThreadSnapshot, after: ThreadSnapshot, type: SnapshotPatch['type']): SnapshotPatch {
  const { threadId = null, status, error = null, todos = null, usage } = after;
  const { total = null, turn = null } = usage;
  return { type, items: changedItems(before, after), threadId, status, error, todos, usage: { total, turn } };
}
