import type { ThreadEvent } from './events.js';
import { isItemEvent } from './guards.js';
import type { ThreadItem } from './items.js';

/** The thread of an event, as it stands there; `undefined` where it is not known. */
export function threadIdOf(event: ThreadEvent): string | undefined {
  return event.thread_id;
}

/** The turn of an event: from the wire, or `synthetic-turn-N`; `undefined` outside turns. */
export function turnIdOf(event: ThreadEvent): string | undefined {
  return event.turn_id;
}

/** The item of an `item.started`, `item.updated` or `item.completed`. */
export function itemOf(event: ThreadEvent): ThreadItem | undefined {
  return isItemEvent(event) ? event.item : undefined;
}

/** The id of the item that an event is about, of whatever kind of item event. */
export function itemIdOf(event: ThreadEvent): string | undefined {
  if (event.type === 'item.delta' || event.type === 'item.failed') return event.item_id;
  return itemOf(event)?.id;
}

/** The `type` that the line had, also where the event became `unknown` or `malformed`; `undefined` if it had none. */
export function wireTypeOf(event: ThreadEvent): string | undefined {
  return event.type === 'unknown' || event.type === 'malformed' ? event.event_type : event.type;
}

/**
 * How the turn ended, if this event ends it; judged by the `type` alone, so that an ending with a body that is not understood is an ending
 * too.
 */
export function terminalTypeOf(event: ThreadEvent): 'turn.completed' | 'turn.failed' | undefined {
  const type = wireTypeOf(event);
  return type === 'turn.completed' || type === 'turn.failed' ? type : undefined;
}
