import type { AppServerThread, UserInput } from '@codex-rx/core/app-server';
import { RequestError, RpcError, TurnFailedError } from '@codex-rx/core/errors';
import { type ThreadEvent, turnResult } from '@codex-rx/core/events';
import { concat, defer, finalize, type Observable, of, Subject, takeUntil, tap, throwError } from 'rxjs';
import { events } from '../builders/index.js';
import { fromMarbles } from './from-marbles.js';

/** A thread of an app-server whose turns are diagrams. */
export interface MarbleThread extends AppServerThread {
  /** The input of each turn that was started, in their order. Reviews have none. */
  readonly inputs: readonly (string | readonly UserInput[] | undefined)[];
  /** The input of each `steer$`. */
  readonly steered: readonly (string | readonly UserInput[])[];
  /** The number of running turns; 0 when the code under test has unsubscribed from all. */
  readonly running: number;
}

const INTERRUPTED = 'The turn was interrupted.';
const ID = '00000000-0000-7000-8000-000000000001';

/**
 * Creates a thread of an app-server whose turns play diagrams, in virtual time within `codexScheduler()`.
 *
 * The first subscription to `turn$`, `runTurn$` or `review$` plays the first diagram, the next one the second.
 * `interrupt$` ends the running turn with `turn.failed` and a `TurnFailedError`. `events$` emits the events of all
 * turns. Turns do not wait for each other. Goals are an `RpcError`.
 *
 * @example
 * ```ts
 * import { codexScheduler, marbleThread } from '@codex-rx/testing';
 *
 * codexScheduler().run(({ expectRun }) => {
 *   const thread = marbleThread(['{turn} 20ms {done |}']);
 *   expectRun(thread.turn$('Say hello.')).toBe('{turn} 20ms {done |}');
 * });
 * ```
 *
 * @param turns a diagram per turn, as `fromMarbles` reads them
 * @param values the events of the names in all diagrams
 * @param error the error of `#`
 */
export function marbleThread(
  turns: readonly string[],
  values?: Readonly<Record<string, ThreadEvent>>,
  error?: unknown,
): MarbleThread {
  const inputs: (string | readonly UserInput[] | undefined)[] = [];
  const steered: (string | readonly UserInput[])[] = [];
  const all$ = new Subject<ThreadEvent>();
  const interrupted$ = new Subject<void>();
  let running = 0;
  const play$ = (input?: string | readonly UserInput[]): Observable<ThreadEvent> =>
    defer(() => {
      const diagram = turns[inputs.length];
      if (diagram === undefined) throw new RequestError('turns', `has no diagram for turn ${inputs.length + 1}.`);
      inputs.push(input);
      running += 1;
      let isInterrupted = false;
      const own$ = fromMarbles(diagram, values, error).pipe(
        takeUntil(
          interrupted$.pipe(
            tap(() => {
              isInterrupted = true;
            }),
          ),
        ),
      );
      const end$ = defer(() => (isInterrupted ? interruptedTurn$() : []));
      return concat(own$, end$).pipe(
        tap((event) => {
          all$.next(event);
        }),
        finalize(() => {
          running -= 1;
        }),
      );
    });
  const noGoals$ = throwError(() => new RpcError('RPC_ERROR', 'The thread of diagrams has no goals.'));
  return {
    id: ID,
    model: undefined,
    cwd: '/work',
    inputs,
    steered,
    get running() {
      return running;
    },
    events$: all$.asObservable(),
    turn$: play$,
    runTurn$: (input) => play$(input).pipe(turnResult()),
    review$: () => play$(),
    steer$: (input) =>
      defer(() => {
        if (running === 0) throw new RpcError('RPC_ERROR', 'No turn runs that could be steered.');
        steered.push(input);
        return of({ turnId: `turn-${inputs.length}` });
      }),
    interrupt$: () =>
      defer(() => {
        interrupted$.next();
        return of(undefined);
      }),
    goal$: () => of(undefined),
    setGoal$: () => noGoals$,
    clearGoal$: () => of(false),
    runGoal$: () => noGoals$,
  };
}

function interruptedTurn$(): Observable<ThreadEvent> {
  const failure = { category: 'unknown', exitCode: null, signal: null, stderr: '', threadId: ID } as const;
  const unknown = { usage: undefined, lastMessage: undefined, lastNotice: undefined, resetsAt: undefined };
  return concat(
    of(events.turnFailed({ message: INTERRUPTED, code: 'interrupted' })),
    throwError(() => new TurnFailedError(INTERRUPTED, { ...failure, ...unknown, command: 'codex app-server' })),
  );
}
