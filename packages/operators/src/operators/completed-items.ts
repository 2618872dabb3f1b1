import type { ThreadEvent, ThreadItemType } from '@codex-rx/core/events';
import { filter, type OperatorFunction } from 'rxjs';
import { type ItemSnapshotEvent, ofItem } from './of-item.js';

/** Emits the `item.completed` events of items of a type. */
export function completedItems<T extends ThreadItemType>(
  itemType: T,
): OperatorFunction<ThreadEvent, ItemSnapshotEvent<T>> {
  return (source$) =>
    source$.pipe(
      ofItem(itemType),
      filter(({ type }) => type === 'item.completed'),
    );
}
