import { eventCodecs } from '../codecs/events.js';
import type { ContextRole } from './context.js';
import { canonicalType } from './legacy-events.js';

export interface Kind {
  readonly type: string;
  readonly role: ContextRole;
  readonly codec: (typeof eventCodecs)[keyof typeof eventCodecs];
}

const roles: Readonly<Record<keyof typeof eventCodecs, ContextRole>> = {
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
  unknown: 'other',
  malformed: 'other',
};

const kinds: ReadonlyMap<string, Kind> = new Map(
  Object.entries(eventCodecs).map(([type, codec]) => [
    type,
    { type, codec, role: roles[type as keyof typeof eventCodecs] },
  ]),
);

/** What is known of a `type` on the wire, old names included. */
export function kindOf(type: string): Kind | undefined {
  return kinds.get(type) ?? kinds.get(canonicalType(type));
}
