import type { ThreadEvent, ThreadItemType } from '@codex-rx/core/events';
import { filter, type OperatorFunction } from 'rxjs';
import { type ItemEvent, ofItem } from './of-item.js';

/** The completions of items of a type. */
export function completedItems<T extends ThreadItemType>(itemType: T): OperatorFunction<ThreadEvent, ItemEvent<T>> {
  return (source$) =>
    source$.pipe(
      ofItem(itemType),
      filter(({ type }) => type === 'item.completed'),
    );
}
