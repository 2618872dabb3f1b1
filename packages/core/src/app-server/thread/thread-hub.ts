import { setTimeout as delay } from 'node:timers/promises';
import { BehaviorSubject, filter, firstValueFrom, Subject } from 'rxjs';
import { isCodexError, RpcError } from '../../errors/index.js';
import type { ThreadEvent } from '../../events/events.js';
import type { FileUpdateChange } from '../../events/items.js';
import { toSessionError } from '../../outcome/run-outcome.js';
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
import { clientIdOf, isIncluded, isRunning, lostTurn, type WireTurn } from './stored-turns.js';
import type { ThreadOptions } from './thread-options.js';

/** The server stores a thread with its first turn. */
const STORE_LIMIT_MS = 2_000;
const STORE_PAUSE_MS = 20;

/** A turn that this client has started. */
export interface OwnTurn {
  /** Interrupts the turn and resolves when everything that it started is gone. */
  interrupt(): Promise<void>;
}

type ThreadResult = ResultOf<'thread/start'> | ResultOf<'thread/resume'> | ResultOf<'thread/fork'>;
/** The server works for a goal by itself, turn after turn. */
export type Goal = NonNullable<ResultOf<'thread/goal/get'>['goal']>;

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
  /** Its turn is being stopped, or was and has not ended. */
  isStopping = false;
  /** Whether this client started the thread, so that it knows every turn. */
  isNew = false;
  /** The runs that use the thread; it is released with the last one. `undefined`: the application has opened it. */
  borrowers: number | undefined;
  /** The goal for which the server starts turns. */
  goal: Goal | undefined;
  /** A goal was sent, and the server has not confirmed it. */
  isGoalSent = false;
  /** Emits each change of the goal; `undefined` when it is cleared. */
  readonly goal$ = new Subject<Goal | undefined>();
  /** The error with which the server was lost. */
  error: Error | undefined;
  #mapping: MappingState = initialMappingState;
  readonly #changes = new Map<string, readonly FileUpdateChange[]>();
  /** Completed items of the running turn, which a reconnect must not repeat. */
  readonly #completed = new Set<string>();
  #lastTurn: Promise<void> = Promise.resolve();
  /** The latest turn. */
  #lastTurnId: string | undefined;
  /** The turns that started during the lost connection. */
  #missed: readonly WireTurn[] = [];
  /** Notifications that arrive while the thread is resumed. */
  #held: WireNotification[] | undefined;
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

  /** `undefined` while they are not known. */
  markApplied(settings: ThreadSettings | undefined): void {
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
    // The answer to a resume contains what happened before.
    if (this.#held === undefined) this.#process(notification);
    else this.#held.push(notification);
  }

  #process(notification: WireNotification): void {
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
    // A turn that leaves the queue while it waits must not let those behind it pass.
    this.#lastTurn = before.then(() => over);
    return before;
  }

  /** Resolves when no turn runs, also none of another client. */
  async idle(): Promise<void> {
    await firstValueFrom(this.active$.pipe(filter((id) => id === undefined)));
  }

  /** Resumes the thread if this connection has not. Concurrent calls share one request. */
  async load(): Promise<void> {
    await this.server.connected();
    if (this.#generation === this.server.generation) return;
    this.#loading ??= this.#resume().finally(() => {
      this.#loading = undefined;
      this.#releaseHeld();
    });
    await this.#loading;
  }

  /**
   * Resumes the thread after a turn has started, because a thread without a turn cannot be resumed: the server needs
   * some milliseconds to store it.
   */
  async loadStarted(): Promise<void> {
    await this.server.connected();
    const limit = performance.now() + STORE_LIMIT_MS;
    while (this.#generation !== this.server.generation && this.error === undefined) {
      await this.load();
      if (this.#generation === this.server.generation) return;
      if (performance.now() > limit) throw new RpcError('CONNECTION_LOST', 'The thread could not be resumed.');
      await delay(STORE_PAUSE_MS);
    }
  }

  /**
   * Resolves to the id of a turn whose start was lost with the connection. Rejects with the error if the server has not
   * received the start.
   */
  async findTurn(error: unknown, messageId: string | undefined): Promise<string> {
    if (!this.server.canReconnect || !isCodexError(error, 'CONNECTION_LOST')) throw error;
    this.#missed = [];
    const problem = 'The connection was lost before the app-server received the turn. Start it again.';
    const notReceived = new RpcError('CONNECTION_LOST', problem);
    await this.loadStarted().catch((reason: unknown) => {
      throw this.isNew && this.#lastTurnId === undefined ? notReceived : reason;
    });
    const own =
      messageId === undefined
        ? undefined
        : this.#missed.find(({ items }) => items.some((item) => clientIdOf(item) === messageId));
    const id = (own ?? this.#missed.at(-1))?.id;
    if (id === undefined) throw notReceived;
    return id;
  }

  async #resume(): Promise<ThreadResult | undefined> {
    const { generation } = this.server;
    this.#held = [];
    const params = {
      threadId: this.id,
      ...(this.settings === undefined ? {} : threadParams(this.options, this.server.hasApprovals)),
    };
    try {
      const resume = () => firstValueFrom(this.server.request$('thread/resume', params));
      let result = await resume();
      if (this.#isEnding(result.thread.turns)) {
        await delay(STORE_PAUSE_MS);
        result = await resume();
      }
      this.#generation = generation;
      if (this.settings !== undefined) this.#compare(result, this.settings);
      this.#catchUp(result.thread.turns);
      return result;
    } catch (error) {
      const hasTurn = !this.isNew || this.#lastTurnId !== undefined;
      if (hasTurn || !isCodexError(error, 'RPC_ERROR')) throw error;
      if (toSessionError(this.id, error.message)?.code !== 'SESSION_NOT_FOUND') throw error;
      // It is loaded with its first turn.
      return undefined;
    }
  }

  /** Emits what happened during the lost connection: completed items, ends of turns, and turns that started. */
  #catchUp(turns: readonly WireTurn[]): void {
    const { turnId } = this.#mapping;
    this.#missed = this.#turnsAfter(turns);
    if (turnId !== undefined) this.#catchUpTurn(turns.find(({ id }) => id === turnId) ?? lostTurn(turnId));
    for (const turn of this.#missed) {
      this.#process({ method: 'turn/started', params: { threadId: this.id, turn } });
      this.#catchUpTurn(turn);
    }
  }

  /** Whether the running turn seems interrupted, as one does whose end the server has not stored yet. */
  #isEnding(turns: readonly WireTurn[]): boolean {
    const { turnId } = this.#mapping;
    return turns.some(({ id, status }) => id === turnId && status === 'interrupted');
  }

  /** Processes what arrived during the resume, except what its answer contained. */
  #releaseHeld(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const notification of held) {
      const known = {
        turnId: this.#lastTurnId,
        isOpen: this.#mapping.turnId !== undefined,
        completed: this.#completed,
      };
      if (!isIncluded(notification, known)) this.#process(notification);
    }
  }

  #catchUpTurn(turn: Pick<WireTurn, 'id' | 'items' | 'status'>): void {
    const context = { threadId: this.id, turnId: turn.id };
    for (const item of turn.items) {
      if (this.#completed.has(item.id)) continue;
      this.#process({ method: isRunning(item) ? 'item/started' : 'item/completed', params: { ...context, item } });
    }
    if (turn.status !== 'inProgress') this.#process({ method: 'turn/completed', params: { threadId: this.id, turn } });
  }

  #turnsAfter(turns: readonly WireTurn[]): readonly WireTurn[] {
    if (this.#lastTurnId === undefined)
      // The turns of a thread that was resumed are not known; only a running one is new for certain.
      return this.isNew ? turns : turns.filter(({ status }) => status === 'inProgress');
    const index = turns.findIndex(({ id }) => id === this.#lastTurnId);
    return index === -1 ? [] : turns.slice(index + 1);
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
    this.#lastTurnId = turns.at(-1)?.id;
    for (const event of events) this.#remember(event);
    return events;
  }

  /** Whether the server may start turns by itself. */
  get mayHaveGoal(): boolean {
    return this.isGoalSent || this.goal?.status === 'active';
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
    if (typeof turn?.id !== 'string') return;
    this.#lastTurnId = turn.id;
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
