import { concat, concatMap, defer, type OperatorFunction } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import { initialRolloutState, mapEnd, mapRecord } from './mapping/map-record.js';
import type { RolloutRecord } from './records.js';

/**
 * Turns the records of a session file into the events that its runs have shown: emits them in order, and completes
 * when the source does. Events wait while a tool runs, and the end of a turn until the next one begins, so that all
 * are in the order in which they happened.
 *
 * From CLI 0.150 on these are the same kinds in the same order with the same texts, paths and exit codes as on the
 * runs' own streams, and `user_message` and `context_compaction` items besides. The differences, and what files of
 * older versions lack, are in the page on rollouts: notices and warnings are in no file, for one. Ids of items are
 * the ones of the file; where it has none, `item_0`, `item_1`, …. A damaged line is a `malformed` event. Errors of
 * the source are passed on; it has none of its own.
 *
 * @example
 * ```ts
 * import { findRollouts$, readRollout$, rolloutToEvents } from '@codex-rx/core/rollouts';
 * import { mergeMap, take } from 'rxjs';
 *
 * const newest$ = findRollouts$('/home/user/.codex').pipe(take(1));
 * newest$.pipe(mergeMap((path) => readRollout$(path)), rolloutToEvents()).subscribe((event) =>
 * console.log(event.type));
 * ```
 */
export function rolloutToEvents(): OperatorFunction<RolloutRecord, ThreadEvent> {
  return (records$) =>
    defer(() => {
      let state = initialRolloutState;
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
