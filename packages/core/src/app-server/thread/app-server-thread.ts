import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { defer, from, map, NEVER, type Observable, tap } from 'rxjs';
import { RpcError } from '../../errors/index.js';
import type { ThreadEvent } from '../../events/events.js';
import { turnResult } from '../../events/result/turn-result.js';
import type { TurnResult } from '../../events/result/types.js';
import { checkWorkingDirectory } from '../../process/spawn-failure.js';
import { checkNotEmpty } from '../../request/checks.js';
import type { ReviewTarget } from '../../request/types.js';
import { validateTurnOptions } from '../options/validate-options.js';
import { clearGoal$, type GoalOptions, goal$, setGoal$ } from './goal.js';
import { runGoal$ } from './goal-run.js';
import type { Goal } from './goal-state.js';
import { interruptTurn } from './interrupt.js';
import { startReview$ } from './review.js';
import { mapSessionError } from './session-error.js';
import { toInput, turnParams, turnSettings } from './settings.js';
import type { ThreadHub } from './thread-hub.js';
import type { ReviewOptions, TurnOptions, UserInput } from './thread-options.js';
import { runTurn$, type TurnRequest } from './turn-run.js';

/** A thread of an app-server. */
export interface AppServerThread {
  /** The id of the thread. */
  readonly id: string;
  /** The model of the thread. */
  readonly model: string | undefined;
  /** The working directory of the thread. */
  readonly cwd: string;
  /**
   * Runs a turn and emits its events. Cold: each subscription starts a turn, after those before it.
   *
   * Completes at the end of the turn. Unsubscribing interrupts the turn, its sub-agents and everything that they
   * started. Errors like `exec$`: `TurnFailedError`, `RunTimeoutError`, `AbortError`; and with an `RpcError`
   * (`SERVER_EXITED`) when the server exits.
   */
  turn$(input: string | readonly UserInput[], options?: TurnOptions): Observable<ThreadEvent>;
  /** Runs a turn as `turn$` does, and emits its result: the answer, tokens, commands, files. */
  runTurn$(input: string | readonly UserInput[], options?: TurnOptions): Observable<TurnResult>;
  /**
   * Reviews the code in the working directory as a turn of the thread, with the settings of the thread, and emits its
   * events as `turn$` does. The review is the last message.
   */
  review$(target: ReviewTarget, options?: ReviewOptions): Observable<ThreadEvent>;
  /** Adds input to the running turn. Errors with an `RpcError` if no turn runs: the input is then not delivered. */
  steer$(input: string | readonly UserInput[]): Observable<{ readonly turnId: string }>;
  /**
   * Interrupts the running turn, also that of another client, and everything that it started. Emits and completes when
   * that is gone, or immediately if no turn runs.
   */
  interrupt$(): Observable<void>;
  /** Emits the goal of the thread, and again with each change; `undefined` without a goal. CLI ≥ 0.144. */
  goal$(): Observable<Goal | undefined>;
  /**
   * Sets or changes the goal and emits it. While it is `active`, the server starts one turn after another by itself,
   * which `events$` emits: set a `tokenBudget`. CLI ≥ 0.144.
   */
  setGoal$(goal: GoalOptions): Observable<Goal>;
  /** Removes the goal. Emits whether the thread had a goal. The running turn continues. CLI ≥ 0.144. */
  clearGoal$(): Observable<boolean>;
  /**
   * Sets a goal and emits the events of all turns until the goal is no longer `active`: reached, blocked, paused, or
   * out of its budget; `goal$()` has the reason. Cold. Unsubscribing pauses the goal and interrupts the running turn.
   * CLI ≥ 0.144.
   */
  runGoal$(goal: GoalOptions & { readonly objective: string }, options?: ReviewOptions): Observable<ThreadEvent>;
  /** Hot: everything that happens on the thread, including the turns of other clients. */
  readonly events$: Observable<ThreadEvent>;
}

export function createThread(hub: ThreadHub): AppServerThread {
  return {
    id: hub.id,
    model: hub.settings.requested?.model,
    cwd: hub.settings.requested?.cwd ?? '',
    events$: hub.events.all$.asObservable(),
    turn$: (input, options) => startTurn$(hub, input, options),
    runTurn$: (input, options) => startTurn$(hub, input, options).pipe(turnResult()),
    steer$: (input) =>
      defer(() => {
        checkInput(input);
        const turnId = hub.events.active$.value;
        if (turnId === undefined) throw new RpcError('RPC_ERROR', 'No turn runs that could be steered.');
        return hub.server
          .request$('turn/steer', { threadId: hub.id, input: toInput(input), expectedTurnId: turnId })
          .pipe(map((result) => ({ turnId: result.turnId })));
      }),
    interrupt$: () => defer(() => from(interrupt(hub))),
    review$: (target, options) => startReview$(hub, target, options),
    goal$: () => goal$(hub),
    setGoal$: (goal) => setGoal$(hub, goal),
    clearGoal$: () => clearGoal$(hub),
    runGoal$: (goal, options) => runGoal$(hub, goal, options),
  };
}

/** Starts a turn on a thread with its settings. */
export function startTurn$(
  hub: ThreadHub,
  input: string | readonly UserInput[],
  options: TurnOptions = {},
  onStart?: TurnRequest['onStart'],
): Observable<ThreadEvent> {
  return defer(() => {
    checkInput(input);
    validateTurnOptions(options);
    const { server, settings } = hub;
    const { requested } = settings;
    if (requested === undefined) throw new Error('Invariant violated: the thread has not been started');
    const { workingDirectory } = options;
    // Another server may see other folders.
    if (workingDirectory !== undefined && server.info.pid !== undefined)
      checkWorkingDirectory(resolve(workingDirectory));
    const own = turnSettings(requested, options, server.hasApprovals);
    const messageId = server.canReconnect ? randomUUID() : undefined;
    const params = { ...turnParams(hub.id, own, toInput(input), options), clientUserMessageId: messageId };
    const start$ = defer(() => {
      // Unknown until the server has accepted the turn.
      settings.applied = undefined;
      return server.request$('turn/start', params).pipe(
        mapSessionError(hub.id),
        tap(() => {
          settings.applied = own;
        }),
      );
    });
    return runTurn$(hub, {
      start$,
      messageId,
      timeout: options.timeout ?? 0,
      signal: options.signal,
      onStart,
    });
  });
}

function checkInput(input: unknown): void {
  checkNotEmpty('input', Array.isArray(input) && input.length > 0 ? 'parts' : input);
}

async function interrupt(hub: ThreadHub): Promise<void> {
  if (hub.ownTurn !== undefined) await hub.ownTurn.interrupt();
  else if (hub.events.active$.value !== undefined || hub.goal.mayBeActive) await interruptTurn(hub, NEVER, 0);
}
