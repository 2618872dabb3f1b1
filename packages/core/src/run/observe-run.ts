import { filter, map, Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import { trackPending } from '../process/pending-runs.js';
import type { AnyRunRequest } from '../request/types.js';
import { resumeOrStart } from './resume-or-start.js';
import { Run } from './run.js';
import type { AnyNotification, Included } from './run-context.js';
import type { RunNotification } from './run-notification.js';

/**
 * Emits the notifications of a run. Cold: each subscription spawns one process.
 *
 * A subscription waits for unsubscribed runs of the same Observable, so that `retry` and `repeat` never overlap two
 * processes. It does not wait for runs that still have a subscriber.
 */
function observeRun$(request: AnyRunRequest, include: Included = {}): Observable<AnyNotification> {
  const ending = new Set<Promise<void>>();
  return resumeOrStart(
    request,
    (one) =>
      new Observable<AnyNotification>((subscriber) => {
        const run = new Run(one, { subscriber, include, predecessors: [...ending] });
        trackPending(run.ended, one.signal);
        return () => {
          ending.add(run.ended);
          void run.ended.finally(() => ending.delete(run.ended));
          run.unsubscribed();
        };
      }),
  );
}

export const observeEvents$ = (request: AnyRunRequest): Observable<ThreadEvent> =>
  observeRun$(request).pipe(
    filter((notification) => notification.type === 'event'),
    map(({ event }) => event),
  );

export const observeLines$ = (request: AnyRunRequest): Observable<RawLine> =>
  observeRun$(request, { lines: true }).pipe(
    filter((notification) => notification.type === 'line'),
    map(({ line }) => line),
  );

export const observeNotifications$ = (request: AnyRunRequest): Observable<RunNotification> =>
  observeRun$(request, { stderr: true }).pipe(filter((notification) => notification.type !== 'line'));
