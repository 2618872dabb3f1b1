import type { Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import { turnResult } from '../events/result/turn-result.js';
import type { TurnResult, TurnResultOptions } from '../events/result/types.js';
import type { AnyRunRequest, ExecRequest, ForkRequest, ResumeRequest, ReviewRequest } from '../request/types.js';
import { withCommand } from '../request/with-command.js';
import { eventsOf$, linesOf$, notificationsOf$, type ObserveRun } from '../run/observe-run.js';
import type { RunNotification } from '../run/run-notification.js';
import { answerOf } from './send-prompt.js';

/** The functions of this folder on any transport. */
export interface RunMethods {
  exec$(request: ExecRequest): Observable<ThreadEvent>;
  resume$(request: ResumeRequest): Observable<ThreadEvent>;
  fork$(request: ForkRequest): Observable<ThreadEvent>;
  review$(request: ReviewRequest): Observable<ThreadEvent>;
  run$(request: AnyRunRequest): Observable<RunNotification>;
  lines$(request: AnyRunRequest): Observable<RawLine>;
  sendPrompt$(request: ExecRequest): Observable<string>;
  runTurn$(request: AnyRunRequest, options?: TurnResultOptions): Observable<TurnResult>;
}

export function runMethods(observe$: ObserveRun): RunMethods {
  const events$ = (request: AnyRunRequest): Observable<ThreadEvent> => eventsOf$(observe$, request);
  return {
    exec$: (request) => events$(withCommand(request, 'exec')),
    resume$: (request) => events$(withCommand(request, 'resume')),
    fork$: (request) => events$(withCommand(request, 'fork')),
    review$: (request) => events$(withCommand(request, 'review')),
    run$: (request) => notificationsOf$(observe$, request),
    lines$: (request) => linesOf$(observe$, request),
    sendPrompt$: (request) => answerOf(events$(withCommand(request, 'exec'))),
    runTurn$: (request, options = {}) => events$(request).pipe(turnResult(options)),
  };
}
