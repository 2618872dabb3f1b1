import { BehaviorSubject, Subject } from 'rxjs';
import type { ThreadEvent } from '../../events/events.js';
import type { FileUpdateChange } from '../../events/items.js';
import { diagnose } from '../../process/diagnostics.js';
import { type Mapped, mapNotification, type WireNotification } from '../mapping/map-notification.js';
import { mapRequest } from '../mapping/map-request.js';
import { mapToolAnswer } from '../mapping/map-tool-call.js';
import { initialMappingState, type MappingState } from '../mapping/mapping-state.js';
import type { IncomingRequest } from '../rpc/rpc-peer.js';
import { progressOf, startOf, type WireTurn } from './stored-turns.js';

/** Maps the messages about a thread to events. Remembers the open turn, completed items and file changes. */
export class ThreadEvents {
  readonly all$ = new Subject<ThreadEvent>();
  /** The id of the running turn, as `turn/started` has it. */
  readonly active$ = new BehaviorSubject<string | undefined>(undefined);
  /** The latest turn. */
  lastTurnId: string | undefined;
  #mapping: MappingState = initialMappingState;
  readonly #changes = new Map<string, readonly FileUpdateChange[]>();
  /** Completed items of the running turn, which a reconnect must not repeat. */
  readonly #completed = new Set<string>();

  /** The id of the open turn in its events. */
  get openTurnId(): string | undefined {
    return this.#mapping.turnId;
  }

  /** Whether nothing has happened on the thread. */
  get isEmpty(): boolean {
    return this.#mapping === initialMappingState;
  }

  get completed(): ReadonlySet<string> {
    return this.#completed;
  }

  receive(notification: WireNotification): void {
    this.#track(notification);
    this.#apply(mapNotification(this.#mapping, notification));
  }

  receiveRequest(request: IncomingRequest): void {
    this.#apply(mapRequest(this.#mapping, request));
  }

  /** Takes the answer to a call of a tool. */
  receiveToolAnswer(params: unknown, answer: unknown): void {
    this.#apply(mapToolAnswer(this.#mapping, params, answer));
  }

  emit(event: ThreadEvent): void {
    this.#remember(event);
    this.all$.next(event);
  }

  changesOf(itemId: string): readonly FileUpdateChange[] {
    return this.#changes.get(itemId) ?? [];
  }

  /** Returns the events of stored turns, and continues after them. */
  replay(threadId: string, turns: readonly WireTurn[]): readonly ThreadEvent[] {
    const events: ThreadEvent[] = [];
    let state = initialMappingState;
    for (const notification of turns.flatMap((turn) => [startOf(threadId, turn), ...progressOf(threadId, turn)])) {
      const [next, mapped] = mapNotification(state, notification);
      state = next;
      events.push(...mapped);
    }
    this.#mapping = state;
    this.active$.next(state.turnId);
    this.lastTurnId = turns.at(-1)?.id;
    for (const event of events) this.#remember(event);
    return events;
  }

  #track({ method, params }: WireNotification): void {
    if (method === 'turn/completed') this.active$.next(undefined);
    if (method !== 'turn/started') return;
    this.#completed.clear();
    const { turn } = (params ?? {}) as { readonly turn?: { readonly id?: unknown } };
    if (typeof turn?.id !== 'string') return;
    this.lastTurnId = turn.id;
    this.active$.next(turn.id);
  }

  #apply([state, events, problem]: Mapped): void {
    this.#mapping = state;
    if (problem !== undefined) diagnose({ type: 'protocolError', problem, text: '' });
    for (const event of events) this.emit(event);
  }

  #remember(event: ThreadEvent): void {
    if (event.type !== 'item.started' && event.type !== 'item.completed') return;
    const { item } = event;
    if (item.id === undefined) return;
    if (event.type === 'item.completed') {
      this.#completed.add(item.id);
      this.#changes.delete(item.id);
    } else if (item.type === 'file_change') this.#changes.set(item.id, item.changes);
  }
}
