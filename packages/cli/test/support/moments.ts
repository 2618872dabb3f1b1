import type { ThreadEvent } from '@codex-rx/core';
import { emptySnapshot, reduceSnapshot } from '@codex-rx/operators';
import { type Moment, nextMoment } from '../../src/terminal/moments.js';

/** The moments of a stream that emits an event every `apart` milliseconds. */
export function momentsOf(events: readonly ThreadEvent[], apart = 1000): readonly Moment[] {
  let last: Moment | undefined;
  let snapshot = emptySnapshot;
  return events.map((event, index) => {
    snapshot = reduceSnapshot(snapshot, event);
    last = nextMoment(last, event, snapshot, (index + 1) * apart);
    return last;
  });
}

export function lastOf(events: readonly ThreadEvent[], apart?: number): Moment {
  const last = momentsOf(events, apart).at(-1);
  if (last === undefined) throw new Error('no events');
  return last;
}
