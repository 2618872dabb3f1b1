/**
 * Returns whether the start of a turn replaces the open turn. A start without an id on the wire is that of a
 * sub-agent: CLI 0.98 emits those, and never ends them.
 */
export function replacesTurn(open: { readonly turn_id?: string | undefined }, turnId: string | undefined): boolean {
  return isWireTurnId(turnId) && turnId !== open.turn_id;
}

/** Returns whether the id of a turn was on the wire. Otherwise the decoder made the id. */
export function isWireTurnId(turnId: string | undefined): turnId is string {
  return turnId !== undefined && !turnId.startsWith('synthetic-turn-');
}
