import type {
  EventContext,
  ItemCompletedEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
  ThreadEvent,
  ThreadItem,
  ThreadItemType,
} from '@codex-rx/core/events';
import type { OperatorFunction } from 'rxjs';
import { where } from '../rx/where.js';

/** An event that carries a whole item of certain types. */
export interface ItemSnapshotEvent<T extends ThreadItemType = ThreadItemType> extends EventContext {
  readonly type: (ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent)['type'];
  readonly item: Extract<ThreadItem, { type: T }>;
}

/**
 * Emits the events that carry an item of the given types.
 *
 * <span class="informal">All that happens to commands, and nothing else.</span>
 *
 * Emits `item.started`, `item.updated` and `item.completed` events at once, as they are, with the item narrowed; pieces (`item.delta`)
 * are left out. Without types: those of all items. Completes and errors as the source does.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { ofItem } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests' })
 *   .pipe(ofItem('command_execution'))
 *   .subscribe(({ type, item }) => console.log(type, item.command, item.exit_code));
 * ```
 *
 * @see {@link ofType}
 * @see {@link itemSnapshots}
 *
 * @param itemTypes Values of `item.type` to let through.
 * @return An operator that emits the events with such an item.
 */
export function ofItem<T extends ThreadItemType = ThreadItemType>(
  ...itemTypes: readonly T[]
): OperatorFunction<ThreadEvent, ItemSnapshotEvent<T>> {
  const wanted: readonly ThreadItemType[] = itemTypes;
  return where((event): event is ThreadEvent & ItemSnapshotEvent<T> => {
    // No other event has an item.
    const type = (event as Partial<ItemSnapshotEvent>).item?.type;
    return type !== undefined && (wanted.length === 0 || wanted.includes(type));
  });
}
