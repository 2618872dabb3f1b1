import { type Fields, isObject, omit } from '../schema/fields.js';
import { itemSchemas } from '../schema/items.js';
import { canonicalDelta, canonicalItem } from './legacy-items.js';

/** Current event types by their old names. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['thread.resumed', 'thread.started'],
  ['item.created', 'item.started'],
]);

/** Returns the current name of an event type. */
export function canonicalType(type: string): string {
  return RENAMED.get(type) ?? type;
}

const KNOWN_ITEM_TYPES: ReadonlySet<unknown> = new Set(Object.keys(itemSchemas).filter((type) => type !== 'unknown'));

/** The parts of an item event. The fields of the item are in `item`, or (older) next to `type`. */
interface ItemEventParts {
  readonly event: Fields;
  readonly fields: Fields;
  readonly itemType: unknown;
  readonly itemId: unknown;
  readonly raw: unknown;
}

function splitItemEvent(value: Fields): ItemEventParts {
  if (isObject(value.item)) {
    const { item, ...event } = value;
    return {
      event,
      fields: value.item,
      itemType: value.item.type ?? value.item.item_type,
      itemId: value.item.id ?? value.item.item_id,
      raw: item,
    };
  }
  const { type, thread_id, turn_id, conversation_id, ...fields } = value;
  const event = Object.fromEntries(
    Object.entries({ type, thread_id, turn_id, conversation_id }).filter(([, id]) => id !== undefined),
  );
  return { event, fields, itemType: value.item_type, itemId: value.item_id ?? value.id, raw: value };
}

function snapshotEvent(type: string, { event, fields, itemType, itemId, raw }: ItemEventParts): Fields {
  if (typeof itemType === 'string' && !KNOWN_ITEM_TYPES.has(itemType)) {
    const id = typeof itemId === 'string' ? { id: itemId } : {};
    return { ...event, type, item: { type: 'unknown', item_type: itemType, ...id, raw } };
  }
  return { ...event, type, item: canonicalItem(fields, itemType, itemId, type === 'item.completed') };
}

function deltaEvent({ event, fields, itemType, itemId }: ItemEventParts): Fields {
  const { delta, content } = fields;
  const used = delta === undefined ? ['delta', 'content'] : ['delta'];
  const rest = omit(fields, 'id', 'item_id', 'type', 'item_type', ...used);
  return {
    ...rest,
    ...event,
    type: 'item.delta',
    item_id: itemId,
    item_type: itemType,
    delta: canonicalDelta(delta ?? content, itemType),
  };
}

function failureEvent({ event, fields, itemType, itemId }: ItemEventParts): Fields {
  const rest = omit(fields, 'id', 'type');
  const kind = itemType === undefined ? {} : { item_type: itemType };
  return { ...rest, ...kind, ...event, type: 'item.failed', item_id: itemId };
}

/**
 * Rewrites an event from the forms of earlier CLI versions and wrappers. The result may still be malformed.
 *
 * @param type the current name of the event type
 * @param value is not changed
 */
export function canonicalEvent(type: string, value: Fields): Fields {
  // An `item` that is not an object is malformed, unless the fields of the item are next to it.
  if ('item' in value && !isObject(value.item) && value.item_type === undefined) return { ...value, type };
  switch (type) {
    case 'thread.started':
      return value.type === 'thread.resumed' ? { ...value, type, resumed: true } : value;
    case 'turn.failed': {
      if (value.error !== undefined || value.message === undefined) return value;
      const { message, code, ...rest } = value;
      return { ...rest, error: code === undefined ? { message } : { message, code } };
    }
    case 'error': {
      if (value.message !== undefined || !isObject(value.error)) return value;
      return { ...value.error, ...omit(value, 'error') };
    }
    case 'item.started':
    case 'item.completed':
      return snapshotEvent(type, splitItemEvent(value));
    case 'item.updated': {
      const parts = splitItemEvent(value);
      const { delta, content } = parts.fields;
      return delta === undefined && content === undefined ? snapshotEvent(type, parts) : deltaEvent(parts);
    }
    case 'item.delta':
      return deltaEvent(splitItemEvent(value));
    case 'item.failed':
      return failureEvent(splitItemEvent(value));
    default:
      return value;
  }
}
