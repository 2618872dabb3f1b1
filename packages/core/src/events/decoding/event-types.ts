import { eventSchemas } from '../schema/events.js';
import type { ContextRole } from './decoder-state.js';
import { canonicalType } from './legacy-events.js';

/** A known `type` of events. */
export interface EventType {
  readonly type: string;
  readonly role: ContextRole;
  readonly schema: (typeof eventSchemas)[keyof typeof eventSchemas];
}

const ROLES: Readonly<Record<keyof typeof eventSchemas, ContextRole>> = {
  'thread.started': 'thread',
  'turn.started': 'turn-start',
  'turn.completed': 'turn-end',
  'turn.failed': 'turn-end',
  'item.started': 'item',
  'item.updated': 'item',
  'item.completed': 'item',
  'item.delta': 'item',
  'item.failed': 'item',
  error: 'other',
  'usage.updated': 'other',
  'turn.diff': 'other',
  unknown: 'other',
  malformed: 'other',
};

const eventTypes: ReadonlyMap<string, EventType> = new Map(
  Object.entries(eventSchemas).map(([type, schema]) => [
    type,
    { type, schema, role: ROLES[type as keyof typeof eventSchemas] },
  ]),
);

/** Returns the event type of a `type` on the wire. Accepts old names. */
export function findEventType(type: string): EventType | undefined {
  return eventTypes.get(type) ?? eventTypes.get(canonicalType(type));
}
