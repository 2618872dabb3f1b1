import { concat, defer, map, type Observable, of, switchMap, tap } from 'rxjs';
import { isCodexError } from '../../errors/index.js';
import type { ParamsOf } from '../../protocol/messages.js';
import { validateGoal } from '../options/validate-options.js';
import { applySettings$ } from './apply-settings.js';
import type { Goal } from './goal-state.js';
import type { ThreadHub } from './thread-hub.js';

/** The changes of a goal. */
export interface GoalOptions {
  /** The agent works for this, turn after turn. */
  readonly objective?: string | undefined;
  /** Tokens after which the goal ends as `budgetLimited`. Default: no limit. */
  readonly tokenBudget?: number | undefined;
  /** `paused` stops after the running turn; `active` continues. */
  readonly status?: Goal['status'] | undefined;
}

/** Emits the goal of a thread now and with each change. */
export function goal$(hub: ThreadHub): Observable<Goal | undefined> {
  return hub.server.request$('thread/goal/get', { threadId: hub.id }).pipe(
    map(({ goal }) => goal ?? undefined),
    tap((goal) => {
      hub.goal.current = goal;
    }),
    switchMap((goal) => concat(of(goal), hub.goal.changes$)),
  );
}

/** Sets or changes a goal. The turns that the server starts for it have the settings of the thread. */
export function setGoal$(hub: ThreadHub, goal: GoalOptions): Observable<Goal> {
  return defer(() => {
    validateGoal(goal);
    // The goal is what the caller of this function wants, not what the model does.
    const params: ParamsOf<'thread/goal/set'> = { threadId: hub.id, ...goal, origin: 'user' };
    const set$ = defer(() => {
      hub.goal.isSent = true;
      return hub.server.request$('thread/goal/set', params);
    });
    return applySettings$(hub, 'setGoal$').pipe(
      switchMap(() => set$),
      map(({ goal: changed }) => changed),
      // The notification may come later than the answer.
      tap({
        next: (changed) => {
          hub.goal.isSent = false;
          hub.goal.current = changed;
        },
        error: (error: unknown) => {
          hub.goal.isSent = isCodexError(error, 'RPC_TIMEOUT') || isCodexError(error, 'CONNECTION_LOST');
        },
      }),
    );
  });
}

/** Removes a goal; emits whether the thread had a goal. */
export function clearGoal$({ id: threadId, server }: ThreadHub): Observable<boolean> {
  return server.request$('thread/goal/clear', { threadId, origin: 'user' }).pipe(map(({ cleared }) => cleared));
}
