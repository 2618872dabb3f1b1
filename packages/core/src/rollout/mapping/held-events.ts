import type { ThreadEvent } from '../../events/events.js';
import type { Timed } from './state.js';

/** Events that wait, latest first: adding to them copies nothing. */
export type Held = { readonly latest: Timed; readonly before: Held } | undefined;

export function hold(held: Held, events: readonly Timed[]): Held {
  return events.reduce<Held>((before, latest) => ({ latest, before }), held);
}

/** All that waits, by time; what happened in the same millisecond stays in the order of the file. */
export function release(held: Held): ThreadEvent[] {
  const events: Timed[] = [];
  for (let at = held; at !== undefined; at = at.before) events.push(at.latest);
  return events
    .reverse()
    .sort((a, b) => (a.at === b.at ? 0 : a.at - b.at))
    .map(({ event }) => event);
}
