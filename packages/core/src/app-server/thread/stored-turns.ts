import type { ResultOf } from '../../protocol/messages.js';
import type { WireNotification } from '../mapping/map-notification.js';

/** A turn in the answer to a resume. */
export type WireTurn = ResultOf<'thread/resume'>['thread']['turns'][number];

/** A turn that the server does not have any more. */
export function lostTurn(id: string): Pick<WireTurn, 'id' | 'items' | 'status'> {
  return { id, items: [], status: 'interrupted' };
}

export function clientIdOf(item: object): unknown {
  return (item as { readonly clientId?: unknown }).clientId;
}

/** Whether an item of a stored turn has not completed. */
function isRunning(item: object): boolean {
  return (item as { readonly status?: unknown }).status === 'inProgress';
}

/** The start of a stored turn, as the server reported it. */
export function startOf(threadId: string, turn: WireTurn): WireNotification {
  return { method: 'turn/started', params: { threadId, turn } };
}

/** The notifications of a stored turn after its start. `omitted` are ids of items that are known. */
export function* progressOf(
  threadId: string,
  turn: Pick<WireTurn, 'id' | 'items' | 'status'>,
  omitted: ReadonlySet<string> = new Set(),
): Generator<WireNotification> {
  for (const item of turn.items) {
    if (omitted.has(item.id)) continue;
    const method = isRunning(item) ? 'item/started' : 'item/completed';
    yield { method, params: { threadId, turnId: turn.id, item } };
  }
  if (turn.status !== 'inProgress') yield { method: 'turn/completed', params: { threadId, turn } };
}

/** The latest turn, as far as the response to a resume contains it. */
interface IncludedTurn {
  readonly turnId: string | undefined;
  readonly isOpen: boolean;
  readonly completed: ReadonlySet<string>;
}

/** Whether the answer to a resume contained what a notification reports. */
export function isIncluded(
  { method, params }: WireNotification,
  { turnId: latest, isOpen, completed }: IncludedTurn,
): boolean {
  const { turnId, turn, item, itemId } = (params ?? {}) as {
    readonly turnId?: unknown;
    readonly turn?: { readonly id?: unknown };
    readonly item?: { readonly id?: unknown };
    readonly itemId?: unknown;
  };
  if (method === 'turn/started') return turn?.id === latest;
  if (method === 'turn/completed') return turn?.id === latest && !isOpen;
  const id = item?.id ?? itemId;
  return turnId === latest && typeof id === 'string' && completed.has(id);
}
