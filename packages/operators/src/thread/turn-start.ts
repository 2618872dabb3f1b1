/**
 * Whether the start of a turn replaces the open one. A start without an id on the wire is that of a sub-agent: CLI
 * 0.98 emits those, and never ends them.
 */
export function supersedes(open: { readonly turn_id?: string | undefined }, turn_id: string | undefined): boolean {
  return hasOwnId(turn_id) && turn_id !== open.turn_id;
}

/** Whether the id of a turn was on the wire. Otherwise the decoder has made it up. */
export function hasOwnId(turn_id: string | undefined): turn_id is string {
  return turn_id !== undefined && !turn_id.startsWith('synthetic-turn-');
}
