import type { ThreadEvent } from '@codex-rx/core/events';
import { Observable, type OperatorFunction, type Subscriber } from 'rxjs';
import { Stage } from '../rx/stage.js';
import { reduceSnapshot } from '../snapshot/reduce-snapshot.js';
import { emptySnapshot } from '../snapshot/state.js';
import type { ThreadSnapshot } from '../snapshot/types.js';
import type { SnapshotsOptions } from './snapshots.js';

export interface WithLatestSnapshotOptions<R> extends SnapshotsOptions {
  /** What to emit for an event and the snapshot after it; `index` counts the events of a subscription from 0. */
  readonly project: (event: ThreadEvent, snapshot: ThreadSnapshot, index: number) => R;
}

/**
 * Pairs each event with the snapshot after it.
 *
 * <span class="informal">What happened, and what it led to.</span>
 *
 * Emits `[event, snapshot]` for each event, at once, or what `project` makes of the two; the snapshot already contains the event. Completes
 * and errors as the source does; what `project` throws is its error, too.
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
 * @see {@link snapshots}
 *
 * @param options The snapshot to go on from, if not from nothing, and what to emit, if not the pair.
 * @return An operator that emits each event with the snapshot after it.
 */
export function withLatestSnapshot(
  options?: SnapshotsOptions,
): OperatorFunction<ThreadEvent, readonly [event: ThreadEvent, snapshot: ThreadSnapshot]>;
/**
 * Emits what `project` makes of each event and the snapshot after it, without a pair in between.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { withLatestSnapshot } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests' })
 *   .pipe(withLatestSnapshot({ project: ({ type }, { items }) => `${type}: ${items.length} items` }))
 *   .subscribe((line) => console.log(line));
 * ```
 *
 * @see {@link snapshots}
 *
 * @param options What to emit, and the snapshot to go on from, if not from nothing.
 * @return An operator that emits what `project` makes of each event and the snapshot after it.
 */
export function withLatestSnapshot<R>(options: WithLatestSnapshotOptions<R>): OperatorFunction<ThreadEvent, R>;
export function withLatestSnapshot(
  options: SnapshotsOptions & Partial<WithLatestSnapshotOptions<unknown>> = {},
): OperatorFunction<ThreadEvent, unknown> {
  const { seed = emptySnapshot, project = paired } = options;
  return (events$) =>
    new Observable((consumer) => {
      new Projection(consumer, seed, project).follow(events$);
    });
}

class Projection<R> extends Stage<ThreadEvent, R> {
  #snapshot: ThreadSnapshot;
  #index = 0;
  readonly #project: WithLatestSnapshotOptions<R>['project'];

  constructor(consumer: Subscriber<R>, seed: ThreadSnapshot, project: WithLatestSnapshotOptions<R>['project']) {
    super(consumer);
    this.#snapshot = seed;
    this.#project = project;
  }

  next(event: ThreadEvent): void {
    if (this.isOver) return;
    const project = this.#project;
    let projected: R;
    try {
      this.#snapshot = reduceSnapshot(this.#snapshot, event);
      projected = project(event, this.#snapshot, this.#index++);
    } catch (error) {
      this.error(error);
      return;
    }
    this.consumer.next(projected);
  }
}

function paired(event: ThreadEvent, snapshot: ThreadSnapshot): readonly [event: ThreadEvent, snapshot: ThreadSnapshot] {
  return [event, snapshot];
}
