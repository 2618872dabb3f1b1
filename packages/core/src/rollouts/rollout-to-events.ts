import { concat, concatMap, defer, type OperatorFunction } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import { initialRolloutState, mapEnd, mapRecord } from './mapping/map-record.js';
import type { RolloutRecord } from './records.js';

export interface RolloutToEventsOptions {
  /** Adds the time of its record to each event, as `receivedAt` in ms since 1970. Default `false`. */
  readonly receivedAt?: boolean | undefined;
}

/**
 * Maps the records of a session file to the events of its runs.
 *
 * Emits the events in the order in which they happened, and completes when the source completes. Buffers events while
 * a tool runs, and the end of a turn until the next turn starts.
 *
 * From CLI 0.150 on these are the same types in the same order with the same texts, paths and exit codes as on the
 * runs' own streams, and also `user_message` and `context_compaction` items. `docs/rollouts.md` lists the differences,
 * and the items that older files lack: for example, no file contains notices and warnings. Items keep the ids of the
 * file, or get `item_0`, `item_1`, …. A damaged line becomes a `malformed` event. Errors of the source pass through.
 *
 * @example
 * ```ts
 * import { findRollouts$, readRollout$, rolloutToEvents } from '@codex-rx/core/rollouts';
 * import { mergeMap, take } from 'rxjs';
 *
 * const newest$ = findRollouts$('/home/user/.codex').pipe(take(1));
 * newest$
 *   .pipe(mergeMap((path) => readRollout$(path)), rolloutToEvents())
 *   .subscribe((event) => console.log(event.type));
 * ```
 */
export function rolloutToEvents(options: RolloutToEventsOptions = {}): OperatorFunction<RolloutRecord, ThreadEvent> {
  return (records$) =>
    defer(() => {
      let state = initialRolloutState(options.receivedAt);
      const events$ = records$.pipe(
        concatMap((record) => {
          const [next, events] = mapRecord(state, record);
          state = next;
          return events;
        }),
      );
      return concat(
        events$,
        defer(() => mapEnd(state)),
      );
    });
}
