/** Whether the thread has gone on with another turn. One without an id of its own is that of a sub-agent: CLI 0.98 shows those, and never ends them. */
export function cutsOff(open: { readonly turn_id?: string | undefined }, turn_id: string | undefined): boolean {
  return hasOwnId(turn_id) && turn_id !== open.turn_id;
}

/** Whether the id of a turn was on the wire: the decoder makes one up where there is none. */
export function hasOwnId(turn_id: string | undefined): turn_id is string {
  return turn_id !== undefined && !turn_id.startsWith('synthetic-turn-');
}
