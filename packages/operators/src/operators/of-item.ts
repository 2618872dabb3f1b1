import type {
  EventContext,
  ItemCompletedEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
  ThreadEvent,
  ThreadItem,
  ThreadItemType,
} from '@codex-rx/core/events';
import { filter, type OperatorFunction } from 'rxjs';

/** An event that carries a whole item of certain types. */
export interface ItemSnapshotEvent<T extends ThreadItemType = ThreadItemType> extends EventContext {
  /** How far the item is. */
  readonly type: (ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent)['type'];
  /** The item. */
  readonly item: Extract<ThreadItem, { type: T }>;
}

/**
 * Emits only the events that carry an item of the given types.
 *
 * <span class="informal">All events of commands, and no others.</span>
 *
 * Emits `item.started`, `item.updated` and `item.completed` events unchanged, with the item narrowed. Deltas
 * (`item.delta`) carry no item and are skipped. Without arguments, emits the events of all items. Completes and
 * errors with the source.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { ofItem } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests', workingDirectory: '.', timeout: 30 * 60_000 })
 *   .pipe(ofItem('command_execution'))
 *   .subscribe(({ type, item }) => console.log(type, item.command, item.exit_code));
 * ```
 *
 * @see {@link ofType}
 * @see {@link itemSnapshots}
 *
 * @param itemTypes Values of `item.type` to emit.
 * @returns An operator that emits the events with such an item.
 */
export function ofItem<T extends ThreadItemType = ThreadItemType>(
  ...itemTypes: readonly T[]
): OperatorFunction<ThreadEvent, ItemSnapshotEvent<T>> {
  const wanted: readonly ThreadItemType[] = itemTypes;
  return filter((event: ThreadEvent): event is ThreadEvent & ItemSnapshotEvent<T> => {
    // Other events have no item.
    const type = (event as Partial<ItemSnapshotEvent>).item?.type;
    return type !== undefined && (wanted.length === 0 || wanted.includes(type));
  });
}
