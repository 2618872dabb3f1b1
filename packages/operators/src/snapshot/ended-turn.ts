import type { StatefulSnapshot } from './state.js';
import type { ThreadSnapshot, TurnSnapshot } from './types.js';

/** The turn whose end was told between a snapshot and the next one. */
export function endedTurn(before: ThreadSnapshot, after: ThreadSnapshot): TurnSnapshot | undefined {
  if (before.turns === after.turns) return undefined;
  const { ended } = (after as StatefulSnapshot).turns.threads;
  return ended === (before as StatefulSnapshot).turns.threads.ended ? undefined : after.turns.at(ended);
}
