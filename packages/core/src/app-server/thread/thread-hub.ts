import { BehaviorSubject, filter, firstValueFrom, Subject } from 'rxjs';
import type { ThreadEvent } from '../../events/events.js';
import type { FileUpdateChange } from '../../events/items.js';
import { diagnose } from '../../process/diagnostics.js';
import type { ResultOf } from '../../protocol/messages.js';
import type { Tool } from '../../request/tool-types.js';
import { type Mapped, mapNotification, type WireNotification } from '../mapping/map-notification.js';
import { mapRequest } from '../mapping/map-request.js';
import { mapToolAnswer } from '../mapping/map-tool-call.js';
import { initialMappingState, type MappingState } from '../mapping/mapping-state.js';
import type { IncomingRequest } from '../rpc/rpc-peer.js';
import type { ServerContext } from '../server/server-context.js';
import { describeDifferences } from './compare-settings.js';
import { effectiveSettings, reportedSettings, type ThreadSettings, threadParams } from './settings.js';
import type { ThreadOptions } from './thread-options.js';

/** A turn that this client has started. */
export interface OwnTurn {
  /** Interrupts the turn and resolves when everything that it started is gone. */
  interrupt(): Promise<void>;
}

type ThreadResult = ResultOf<'thread/start'> | ResultOf<'thread/resume'> | ResultOf<'thread/fork'>;
/** The server works for a goal by itself, turn after turn. */
export type Goal = NonNullable<ResultOf<'thread/goal/get'>['goal']>;
type WireTurn = ResultOf<'thread/resume'>['thread']['turns'][number];

/** One thread of a server: its events, its running turn, its settings. */
export class ThreadHub {
  readonly id: string;
  readonly server: ServerContext;
  readonly events$ = new Subject<ThreadEvent>();
  /** The id of the running turn, as `turn/started` has it. */
  readonly active$ = new BehaviorSubject<string | undefined>(undefined);
  options: ThreadOptions = {};
  /** `undefined` for a thread that is only observed. */
  settings: ThreadSettings | undefined;
  /** The settings that the server has for the next turn, as far as this client knows. */
  applied: ThreadSettings | undefined;
  ownTurn: OwnTurn | undefined;
  /** The runs that use the thread; it is released with the last one. `undefined`: the application has opened it. */
  borrowers: number | undefined;
  /** The goal for which the server starts turns. */
  goal: Goal | undefined;
  /** Emits each change of the goal; `undefined` when it is cleared. */
  readonly goal$ = new Subject<Goal | undefined>();
  /** The error with which the server was lost. */
  error: Error | undefined;
  #mapping: MappingState = initialMappingState;
  readonly #changes = new Map<string, readonly FileUpdateChange[]>();
  /** Completed items of the running turn, which a reconnect must not repeat. */
  readonly #completed = new Set<string>();
  #lastTurn: Promise<void> = Promise.resolve();
  #generation: number;
  #loading: Promise<ThreadResult | undefined> | undefined;

  constructor(id: string, server: ServerContext) {
    this.id = id;
    this.server = server;
    this.#generation = server.generation;
  }

  /** Takes the settings of a thread that has been started or loaded. */
  adopt(options: ThreadOptions, result: ThreadResult): void {
    this.options = options;
    this.#generation = this.server.generation;
    this.settings = effectiveSettings(options, result, this.server.hasApprovals);
    this.#compare(result, this.settings);
    // Another client may run a turn on a thread that the server has loaded.
    if (this.#mapping === initialMappingState) this.replay(result.thread.turns);
  }

  markApplied(settings: ThreadSettings): void {
    this.applied = settings;
  }

  /** A loaded thread ignores the settings of a resume, and a stored one may have others. */
  #compare(result: ThreadResult, requested: ThreadSettings): void {
    this.applied = reportedSettings(result);
    const differences = describeDifferences(this.applied, requested);
    if (differences === undefined) return;
    const problem = `The server has other settings (${differences}). Each turn sends those that were requested.`;
    diagnose({ type: 'settings', threadId: this.id, problem });
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

  findTool(name: string): Tool | undefined {
    return this.options.tools?.find((tool) => tool.name === name);
  }

  emit(event: ThreadEvent): void {
    this.#remember(event);
    this.events$.next(event);
  }

  changesOf(itemId: string): readonly FileUpdateChange[] {
    return this.#changes.get(itemId) ?? [];
  }

  /** The server is gone. */
  fail(error: Error): void {
    if (this.error !== undefined) return;
    this.error = error;
    this.active$.next(undefined);
    this.events$.error(error);
    this.goal$.error(error);
  }

  complete(): void {
    this.events$.complete();
    this.goal$.complete();
  }

  /** Queues a turn. Resolves when the turns before it are over; a thread runs one at a time. */
  enter(over: Promise<void>): Promise<void> {
    const before = this.#lastTurn;
    this.#lastTurn = over;
    return before;
  }

  /** Resolves when all turns that have been queued are over. */
  over(): Promise<void> {
    return this.#lastTurn;
  }

  /** Resolves when no turn runs, also none of another client. */
  async idle(): Promise<void> {
    await firstValueFrom(this.active$.pipe(filter((id) => id === undefined)));
  }

  /** Resumes the thread if this connection has not. Concurrent calls share one request. */
  async load(): Promise<void> {
    if (this.#generation === this.server.generation) return;
    this.#loading ??= this.#resume().finally(() => {
      this.#loading = undefined;
    });
    await this.#loading;
  }

  async #resume(): Promise<ThreadResult> {
    const { generation } = this.server;
    const result = await firstValueFrom(
      this.server.request$('thread/resume', {
        threadId: this.id,
        ...(this.settings === undefined ? {} : threadParams(this.options, this.server.hasApprovals)),
      }),
    );
    this.#generation = generation;
    if (this.settings !== undefined) this.#compare(result, this.settings);
    this.catchUp(result.thread.turns);
    return result;
  }

  /** Emits the items that completed during the lost connection, and the end of the turn. */
  catchUp(turns: readonly WireTurn[]): void {
    const turnId = this.#mapping.turnId;
    if (turnId === undefined) return;
    const turn = turns.find(({ id }) => id === turnId);
    const items = turn?.items ?? [];
    for (const item of items) {
      if (this.#completed.has(item.id)) continue;
      const method = isRunning(item) ? 'item/started' : 'item/completed';
      this.receive({ method, params: { threadId: this.id, turnId, item } });
    }
    const end = turn ?? { id: turnId, status: 'interrupted' };
    if (end.status === 'inProgress') return;
    this.receive({ method: 'turn/completed', params: { threadId: this.id, turn: end } });
  }

  /** Returns the events of stored turns, and continues after them. */
  replay(turns: readonly WireTurn[]): readonly ThreadEvent[] {
    const threadId = this.id;
    const events: ThreadEvent[] = [];
    let state = initialMappingState;
    const map = (method: string, params: object): void => {
      const [next, mapped] = mapNotification(state, { method, params: { threadId, ...params } });
      state = next;
      events.push(...mapped);
    };
    for (const turn of turns) {
      map('turn/started', { turn });
      for (const item of turn.items)
        map(isRunning(item) ? 'item/started' : 'item/completed', { turnId: turn.id, item });
      if (turn.status !== 'inProgress') map('turn/completed', { turn });
    }
    this.#mapping = state;
    this.active$.next(state.turnId);
    for (const event of events) this.#remember(event);
    return events;
  }

  setGoal(goal: Goal | undefined): void {
    this.goal = goal;
    this.goal$.next(goal);
  }

  #track({ method, params }: WireNotification): void {
    if (method === 'thread/goal/cleared') this.setGoal(undefined);
    if (method === 'thread/goal/updated') this.setGoal((params as { readonly goal?: Goal } | undefined)?.goal);
    if (method === 'turn/completed') this.active$.next(undefined);
    if (method !== 'turn/started') return;
    this.#completed.clear();
    const { turn } = (params ?? {}) as { readonly turn?: { readonly id?: unknown } };
    if (typeof turn?.id === 'string') this.active$.next(turn.id);
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

/** Whether an item of a stored turn has not completed. */
function isRunning(item: object): boolean {
  return (item as { readonly status?: unknown }).status === 'inProgress';
}
