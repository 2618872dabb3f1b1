import type { ItemCompletedEvent, ItemStartedEvent, ItemUpdatedEvent, ThreadEvent } from './events.js';

/** An event that contains a whole item. */
export type ItemEvent = ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent;

/**
 * Returns whether the event contains a whole item: `item.started`, `item.updated` or `item.completed`.
 *
 * Every other event and each item narrows on its `type`.
 */
export function isItemEvent(event: ThreadEvent): event is ItemEvent {
  return event.type === 'item.started' || event.type === 'item.updated' || event.type === 'item.completed';
}
