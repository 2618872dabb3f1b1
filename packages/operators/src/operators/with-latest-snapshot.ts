import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import { map, type OperatorFunction, scan } from 'rxjs';
import type { SnapshotsOptions } from './snapshots.js';

/** Options of `withLatestSnapshot()`. */
export interface WithLatestSnapshotOptions<R> extends SnapshotsOptions {
  /**
   * Returns the value to emit for an event and the snapshot after it. `index` counts the events of a subscription
   * from 0.
   */
  readonly project: (event: ThreadEvent, snapshot: ThreadSnapshot, index: number) => R;
}

/**
 * Pairs each event with the snapshot after it.
 *
 * <span class="informal">Each event with the state that it leads to.</span>
 *
 * Emits `[event, snapshot]` for each event, or the result of `project`. The snapshot includes the event. Completes
 * and errors with the source; errors with what `project` throws, too.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { withLatestSnapshot } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests', workingDirectory: '.', timeout: 30 * 60_000 })
 *   .pipe(withLatestSnapshot())
 *   .subscribe(([event, { commands }]) => console.log(event.type, `after ${commands.length} commands`));
 * ```
 *
 * @see {@link snapshots}
 *
 * @param options The snapshot to start from.
 * @returns An operator that emits each event with the snapshot after it.
 */
export function withLatestSnapshot(
  options?: SnapshotsOptions,
): OperatorFunction<ThreadEvent, readonly [event: ThreadEvent, snapshot: ThreadSnapshot]>;
/**
 * Projects each event and the snapshot after it to a value.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { withLatestSnapshot } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests', workingDirectory: '.', timeout: 30 * 60_000 })
 *   .pipe(withLatestSnapshot({ project: ({ type }, { items }) => `${type}: ${items.length} items` }))
 *   .subscribe((line) => console.log(line));
 * ```
 *
 * @see {@link snapshots}
 *
 * @param options The projection, and the snapshot to start from.
 * @returns An operator that emits the result of `project` for each event and the snapshot after it.
 */
export function withLatestSnapshot<R>(options: WithLatestSnapshotOptions<R>): OperatorFunction<ThreadEvent, R>;
export function withLatestSnapshot(
  options: SnapshotsOptions & Partial<WithLatestSnapshotOptions<unknown>> = {},
): OperatorFunction<ThreadEvent, unknown> {
  const { seed = emptySnapshot, project = pair } = options;
  return (source$) =>
    source$.pipe(
      scan<ThreadEvent, Step, undefined>(
        (last, event) => ({
          event,
          snapshot: reduceSnapshot(last?.snapshot ?? seed, event),
        }),
        undefined,
      ),
      map(({ event, snapshot }, index) => project(event, snapshot, index)),
    );
}

interface Step {
  readonly event: ThreadEvent;
  readonly snapshot: ThreadSnapshot;
}

function pair(event: ThreadEvent, snapshot: ThreadSnapshot): readonly [event: ThreadEvent, snapshot: ThreadSnapshot] {
  return [event, snapshot];
}
