import { filter, firstValueFrom } from 'rxjs';
import type { ThreadEvent } from '../../events/events.js';
import type { Tool } from '../../request/tool-types.js';
import type { WireNotification } from '../mapping/map-notification.js';
import type { ServerContext } from '../server/server-context.js';
import { GoalState } from './goal-state.js';
import type { ThreadResult } from './settings.js';
import { SettingsState } from './settings-state.js';
import type { WireTurn } from './stored-turns.js';
import { ThreadEvents } from './thread-events.js';
import { type LoadableThread, ThreadLoader } from './thread-loader.js';
import type { ThreadOptions } from './thread-options.js';
import { TurnQueue } from './turn-queue.js';

/** A turn that this client has started. */
export interface OwnTurn {
  /** Interrupts the turn and resolves when everything that it started is gone. */
  interrupt(): Promise<void>;
}

/** One thread of a server: its events, its settings, its turns. */
export class ThreadHub implements LoadableThread {
  readonly id: string;
  readonly server: ServerContext;
  readonly events = new ThreadEvents();
  readonly settings: SettingsState;
  readonly goal = new GoalState();
  readonly queue = new TurnQueue();
  readonly loader: ThreadLoader;
  ownTurn: OwnTurn | undefined;
  /** Its turn is being stopped, or was and has not ended. */
  isStopping = false;
  /** The runs that use the thread; it is released with the last one. `undefined`: the application has opened it. */
  borrowers: number | undefined;
  /** The error with which the server was lost. */
  error: Error | undefined;

  constructor(id: string, server: ServerContext) {
    this.id = id;
    this.server = server;
    this.settings = new SettingsState(id);
    this.loader = new ThreadLoader(this);
  }

  /** Takes the settings of a thread that has been started or loaded. */
  adopt(options: ThreadOptions, result: ThreadResult): void {
    this.loader.loaded();
    this.settings.adopt(options, result, this.server.hasApprovals);
    // Another client may run a turn on a thread that the server has loaded.
    if (this.events.isEmpty) this.replay(result.thread.turns);
  }

  receive(notification: WireNotification): void {
    this.loader.receive(notification);
  }

  process(notification: WireNotification): void {
    this.goal.receive(notification);
    this.events.receive(notification);
  }

  /** Returns the events of stored turns, and continues after them. */
  replay(turns: readonly WireTurn[]): readonly ThreadEvent[] {
    return this.events.replay(this.id, turns);
  }

  findTool(name: string): Tool | undefined {
    return this.settings.options.tools?.find((tool) => tool.name === name);
  }

  /** Resolves when no turn runs, also none of another client. */
  async idle(): Promise<void> {
    await firstValueFrom(this.events.active$.pipe(filter((id) => id === undefined)));
  }

  /** The server is gone. */
  fail(error: Error): void {
    if (this.error !== undefined) return;
    this.error = error;
    this.events.active$.next(undefined);
    this.events.all$.error(error);
    this.goal.changes$.error(error);
  }

  complete(): void {
    this.events.all$.complete();
    this.goal.changes$.complete();
  }
}
