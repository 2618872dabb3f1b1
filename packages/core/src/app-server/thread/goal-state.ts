import { Subject } from 'rxjs';
import type { ResultOf } from '../../protocol/messages.js';
import type { WireNotification } from '../mapping/map-notification.js';
import { readNotification } from '../mapping/read-notification.js';

/** The server works for a goal by itself, turn after turn. */
export type Goal = NonNullable<ResultOf<'thread/goal/get'>['goal']>;

/** The goal for which the server starts turns on a thread, as far as this client knows. */
export class GoalState {
  /** Emits each change of the goal; `undefined` when it is cleared. */
  readonly changes$ = new Subject<Goal | undefined>();
  current: Goal | undefined;
  /** A goal was sent, and the server has not confirmed it. */
  isSent = false;

  /** Whether the server may start turns by itself. */
  get mayBeActive(): boolean {
    return this.isSent || this.current?.status === 'active';
  }

  receive({ method, params }: WireNotification): void {
    if (method === 'thread/goal/cleared') this.#change(undefined);
    const updated = method === 'thread/goal/updated' ? readNotification(method, params) : undefined;
    if (updated !== undefined) this.#change(updated.goal);
  }

  #change(goal: Goal | undefined): void {
    this.current = goal;
    this.changes$.next(goal);
  }
}
