import type { ThreadEvent } from '../../events/events.js';
import type { Timed } from './state.js';

/** Buffered events, latest first, so that adding copies nothing. */
export type Held = { readonly latest: Timed; readonly before: Held } | undefined;

export function buffer(held: Held, events: readonly Timed[]): Held {
  return events.reduce<Held>((before, latest) => ({ latest, before }), held);
}

/** Returns the event of the mapping; with `receivedAt`, at the time of its record. */
export function eventOf({ event, at }: Timed, receivedAt: boolean): ThreadEvent {
  return receivedAt && Number.isFinite(at) ? { ...event, receivedAt: at } : event;
}

/** Returns the buffered events by time. Within a millisecond keeps the order of the file, except for parallel calls. */
export function release(held: Held, receivedAt: boolean): ThreadEvent[] {
  const events: Timed[] = [];
  for (let at = held; at !== undefined; at = at.before) events.push(at.latest);
  events.reverse().sort(byTime);
  const sideBySide = events.filter(isParallel).sort((a, b) => byTime(a, b) || compare(a.parallel, b.parallel));
  let next = 0;
  return events.map((timed) => {
    if (!isParallel(timed)) return eventOf(timed, receivedAt);
    next += 1;
    return eventOf(sideBySide[next - 1] ?? timed, receivedAt);
  });
}

function isParallel(timed: Timed): timed is Timed & { readonly parallel: number } {
  return timed.parallel !== undefined;
}

const byTime = (a: Timed, b: Timed): number => compare(a.at, b.at);

/** A difference would not do: some are infinite. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
