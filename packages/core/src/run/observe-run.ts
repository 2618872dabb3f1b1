import { filter, map, Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import { trackPending } from '../process/pending-runs.js';
import type { AnyRunRequest } from '../request/types.js';
import { resumeOrStart } from './resume-or-start.js';
import { Run } from './run.js';
import type { AnyNotification, Included, RunContext } from './run-context.js';
import type { RunNotification } from './run-notification.js';

/** A run that has started. */
interface StartedRun {
  /** Resolves when nothing of the run is left; never rejects. */
  readonly ended: Promise<void>;
  unsubscribed(): void;
}

/**
 * Observes a run, on whichever transport.
 *
 * @param ending receives the runs of one Observable that have been unsubscribed, until they have ended
 */
export type ObserveRun = (
  request: AnyRunRequest,
  include?: Included,
  ending?: Set<Promise<void>>,
) => Observable<AnyNotification>;

/**
 * Emits the notifications of a run. Cold: each subscription starts one.
 *
 * A subscription waits for unsubscribed runs of the same Observable, so that `retry` and `repeat` never overlap two
 * runs. It does not wait for runs that still have a subscriber.
 */
export function observeRuns(start: (request: AnyRunRequest, context: RunContext) => StartedRun): ObserveRun {
  return (request, include = {}, ending = new Set()) =>
    resumeOrStart(
      request,
      (one) =>
        new Observable<AnyNotification>((subscriber) => {
          const run = start(one, { subscriber, include, predecessors: [...ending] });
          trackPending(run.ended, one.signal);
          return () => {
            ending.add(run.ended);
            void run.ended.finally(() => ending.delete(run.ended));
            run.unsubscribed();
          };
        }),
    );
}

/** Observes a process of `codex exec`. */
export const observeExec$: ObserveRun = (request, include, ending) =>
  observeRuns((one, context) => new Run(one, context))(request, include, ending);

export const eventsOf$ = (observe$: ObserveRun, request: AnyRunRequest): Observable<ThreadEvent> =>
  observe$(request).pipe(
    filter((notification) => notification.type === 'event'),
    map(({ event }) => event),
  );

export const linesOf$ = (observe$: ObserveRun, request: AnyRunRequest): Observable<RawLine> =>
  observe$(request, { lines: true }).pipe(
    filter((notification) => notification.type === 'line'),
    map(({ line }) => line),
  );

export const notificationsOf$ = (observe$: ObserveRun, request: AnyRunRequest): Observable<RunNotification> =>
  observe$(request, { stderr: true }).pipe(filter((notification) => notification.type !== 'line'));

export const observeEvents$ = (request: AnyRunRequest): Observable<ThreadEvent> => eventsOf$(observeExec$, request);
