import { setTimeout as delay } from 'node:timers/promises';
import { firstValueFrom } from 'rxjs';
import { isCodexError, RpcError } from '../../errors/index.js';
import { toSessionError } from '../../outcome/run-outcome.js';
import type { WireNotification } from '../mapping/map-notification.js';
import type { ServerContext } from '../server/server-context.js';
import { threadParams } from './settings.js';
import type { SettingsState } from './settings-state.js';
import { clientIdOf, isIncluded, lostTurn, progressOf, startOf, type WireTurn } from './stored-turns.js';
import type { ThreadEvents } from './thread-events.js';

/** The server stores a thread with its first turn. */
const STORE_LIMIT_MS = 2_000;
const STORE_PAUSE_MS = 20;

/** The parts of a thread that loading it again needs. */
export interface LoadableThread {
  readonly id: string;
  readonly server: ServerContext;
  readonly events: ThreadEvents;
  readonly settings: SettingsState;
  readonly error: Error | undefined;
  /** Takes a notification that is not held back. */
  process(notification: WireNotification): void;
}

/** Loads a thread again on each new connection, and catches up on what happened meanwhile. */
export class ThreadLoader {
  /** Whether this client started the thread, so that it knows every turn. */
  isNew = false;
  readonly #thread: LoadableThread;
  /** The turns that started during the lost connection. */
  #missed: readonly WireTurn[] = [];
  /** Notifications that arrive while the thread is resumed. */
  #held: WireNotification[] | undefined;
  #generation: number;
  #loading: Promise<void> | undefined;

  constructor(thread: LoadableThread) {
    this.#thread = thread;
    this.#generation = thread.server.generation;
  }

  /** The thread is loaded on this connection. */
  loaded(): void {
    this.#generation = this.#thread.server.generation;
  }

  /** Takes a notification. The answer to a resume contains what happened before, so it comes first. */
  receive(notification: WireNotification): void {
    if (this.#held === undefined) this.#thread.process(notification);
    else this.#held.push(notification);
  }

  /** Resumes the thread if this connection has not. Concurrent calls share one request. */
  async load(): Promise<void> {
    await this.#thread.server.connected();
    if (this.#isLoaded()) return;
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
    await this.#thread.server.connected();
    const limit = performance.now() + STORE_LIMIT_MS;
    while (!this.#isLoaded() && this.#thread.error === undefined) {
      await this.load();
      if (this.#isLoaded()) return;
      if (performance.now() > limit) throw new RpcError('CONNECTION_LOST', 'The thread could not be resumed.');
      await delay(STORE_PAUSE_MS);
    }
  }

  /**
   * Resolves to the id of a turn whose start was lost with the connection. Rejects with the error if the server has not
   * received the start.
   */
  async findTurn(error: unknown, messageId: string | undefined): Promise<string> {
    if (!this.#thread.server.canReconnect || !isCodexError(error, 'CONNECTION_LOST')) throw error;
    this.#missed = [];
    const problem = 'The connection was lost before the app-server received the turn. Start it again.';
    const notReceived = new RpcError('CONNECTION_LOST', problem);
    await this.loadStarted().catch((reason: unknown) => {
      throw this.#hasTurn ? reason : notReceived;
    });
    const own =
      messageId === undefined
        ? undefined
        : this.#missed.find(({ items }) => items.some((item) => clientIdOf(item) === messageId));
    const id = (own ?? this.#missed.at(-1))?.id;
    if (id === undefined) throw notReceived;
    return id;
  }

  #isLoaded(): boolean {
    return this.#generation === this.#thread.server.generation;
  }

  /** Whether the server may have stored the thread. */
  get #hasTurn(): boolean {
    return !this.isNew || this.#thread.events.lastTurnId !== undefined;
  }

  async #resume(): Promise<void> {
    const { id: threadId, server, settings } = this.#thread;
    const { generation } = server;
    this.#held = [];
    const own = settings.requested === undefined ? {} : threadParams(settings.options, server.hasApprovals);
    const resume = () => firstValueFrom(server.request$('thread/resume', { threadId, ...own }));
    try {
      let result = await resume();
      if (this.#isEnding(result.thread.turns)) {
        await delay(STORE_PAUSE_MS);
        result = await resume();
      }
      this.#generation = generation;
      settings.compare(result);
      this.#catchUp(result.thread.turns);
    } catch (error) {
      if (this.#hasTurn || !isCodexError(error, 'RPC_ERROR')) throw error;
      // Otherwise it is loaded with its first turn.
      if (toSessionError(threadId, error.message)?.code !== 'SESSION_NOT_FOUND') throw error;
    }
  }

  /** Whether the running turn seems interrupted, as one does whose end the server has not stored yet. */
  #isEnding(turns: readonly WireTurn[]): boolean {
    const { openTurnId } = this.#thread.events;
    return turns.some(({ id, status }) => id === openTurnId && status === 'interrupted');
  }

  /** Emits what happened during the lost connection: completed items, ends of turns, and turns that started. */
  #catchUp(turns: readonly WireTurn[]): void {
    const { id: threadId, events } = this.#thread;
    const { openTurnId } = events;
    this.#missed = this.#turnsAfter(turns);
    if (openTurnId !== undefined) this.#catchUpTurn(turns.find(({ id }) => id === openTurnId) ?? lostTurn(openTurnId));
    for (const turn of this.#missed) {
      this.#thread.process(startOf(threadId, turn));
      this.#catchUpTurn(turn);
    }
  }

  #catchUpTurn(turn: Pick<WireTurn, 'id' | 'items' | 'status'>): void {
    const { id, events } = this.#thread;
    for (const notification of progressOf(id, turn, events.completed)) this.#thread.process(notification);
  }

  #turnsAfter(turns: readonly WireTurn[]): readonly WireTurn[] {
    const { lastTurnId } = this.#thread.events;
    if (lastTurnId === undefined)
      // The turns of a thread that was resumed are not known; only a running one is new for certain.
      return this.isNew ? turns : turns.filter(({ status }) => status === 'inProgress');
    const index = turns.findIndex(({ id }) => id === lastTurnId);
    return index === -1 ? [] : turns.slice(index + 1);
  }

  /** Processes what arrived during the resume, except what its answer contained. */
  #releaseHeld(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    const { events } = this.#thread;
    for (const notification of held) {
      const known = {
        turnId: events.lastTurnId,
        isOpen: events.openTurnId !== undefined,
        completed: events.completed,
      };
      if (!isIncluded(notification, known)) this.#thread.process(notification);
    }
  }
}
