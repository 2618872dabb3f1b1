import type { ThreadEvent } from './events.js';
import { isItemEvent } from './guards.js';
import type { ThreadItem } from './items.js';

/** Returns the thread of an event, or `undefined` if it is not known. */
export function threadIdOf(event: ThreadEvent): string | undefined {
  return event.thread_id;
}

/** Returns the turn of an event, from the wire or as `synthetic-turn-N`, or `undefined` outside turns. */
export function turnIdOf(event: ThreadEvent): string | undefined {
  return event.turn_id;
}

/** Returns the item of an `item.started`, `item.updated` or `item.completed` event. */
export function itemOf(event: ThreadEvent): ThreadItem | undefined {
  return isItemEvent(event) ? event.item : undefined;
}

/** Returns the id of the item of any item event. */
export function itemIdOf(event: ThreadEvent): string | undefined {
  if (event.type === 'item.delta' || event.type === 'item.failed') return event.item_id;
  return itemOf(event)?.id;
}

/** Returns the `type` of the line, also for `unknown` and `malformed` events, or `undefined` if it had none. */
export function wireTypeOf(event: ThreadEvent): string | undefined {
  return event.type === 'unknown' || event.type === 'malformed' ? event.event_type : event.type;
}

/**
 * Returns the type of an event that ends its turn, or `undefined` for any other event. Only the `type` of the line
 * counts, so that a malformed end is an end.
 */
export function terminalTypeOf(event: ThreadEvent): 'turn.completed' | 'turn.failed' | undefined {
  const type = wireTypeOf(event);
  return type === 'turn.completed' || type === 'turn.failed' ? type : undefined;
}
