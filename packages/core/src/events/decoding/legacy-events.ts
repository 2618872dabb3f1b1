import { type Fields, isObject, omit } from '../codecs/fields.js';
import { itemCodecs } from '../codecs/items.js';
import { canonicalDelta, canonicalItem } from './legacy-items.js';

/** Old names of event types. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['thread.resumed', 'thread.started'],
  ['item.created', 'item.started'],
]);

export function canonicalType(type: string): string {
  return renamed.get(type) ?? type;
}

const known: ReadonlySet<unknown> = new Set(Object.keys(itemCodecs).filter((type) => type !== 'unknown'));

/** The fields of an item event: in `item`, or (older) beside its `type`. */
interface Parts {
  readonly event: Fields;
  readonly fields: Fields;
  readonly itemType: unknown;
  readonly itemId: unknown;
  readonly raw: unknown;
}

function partsOf(value: Fields): Parts {
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

function snapshotEvent(type: string, { event, fields, itemType, itemId, raw }: Parts): Fields {
  if (typeof itemType === 'string' && !known.has(itemType)) {
    const id = typeof itemId === 'string' ? { id: itemId } : {};
    return { ...event, type, item: { type: 'unknown', item_type: itemType, ...id, raw } };
  }
  return { ...event, type, item: canonicalItem(fields, itemType, itemId, type === 'item.completed') };
}

function deltaEvent({ event, fields, itemType, itemId }: Parts): Fields {
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

function failureEvent({ event, fields, itemType, itemId }: Parts): Fields {
  const rest = omit(fields, 'id', 'type');
  const kind = itemType === undefined ? {} : { item_type: itemType };
  return { ...rest, ...kind, ...event, type: 'item.failed', item_id: itemId };
}

/**
 * Rewrites an event from the shapes in which earlier CLI versions and wrappers wrote it. `type` is the canonical type. Never changes
 * `value`. The result may still be wrong; the codec tells.
 */
export function canonicalEvent(type: string, value: Fields): Fields {
  // An `item` that is no object is wrong, unless the fields of the item stand beside it.
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
      return snapshotEvent(type, partsOf(value));
    case 'item.updated': {
      const parts = partsOf(value);
      const { delta, content } = parts.fields;
      return delta === undefined && content === undefined ? snapshotEvent(type, parts) : deltaEvent(parts);
    }
    case 'item.delta':
      return deltaEvent(partsOf(value));
    case 'item.failed':
      return failureEvent(partsOf(value));
    default:
      return value;
  }
}
