import { Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import { trackPending } from '../process/pending-runs.js';
import type { AnyRunRequest } from '../request/types.js';
import { resumeOrStart } from './resume-or-start.js';
import { RunEngine } from './run.js';
import type { RunNotification } from './run-notification.js';
import type { RunSink } from './run-sink.js';

type Listen<T> = (next: (value: T) => void) => Omit<RunSink, 'complete' | 'error'>;

/**
 * A cold Observable of runs: each subscription is one process. A subscription waits for runs of the same Observable whose consumers have left, so that
 * `retry` and `repeat` never overlap two processes; living ones it leaves alone.
 */
function observeRun$<T>(request: AnyRunRequest, listen: Listen<T>): Observable<T> {
  const leaving = new Set<Promise<void>>();
  const observe$ = (one: AnyRunRequest): Observable<T> =>
    new Observable<T>((subscriber) => {
      const sink: RunSink = {
        ...listen((value) => {
          subscriber.next(value);
        }),
        complete: () => {
          subscriber.complete();
        },
        error: (error) => {
          subscriber.error(error);
        },
      };
      const engine = new RunEngine(one, sink, [...leaving]);
      trackPending(engine.settled, one.signal);
      return () => {
        leaving.add(engine.settled);
        void engine.settled.finally(() => leaving.delete(engine.settled));
        engine.leave();
      };
    });
  return resumeOrStart(request, observe$);
}

export const observeEvents$ = (request: AnyRunRequest): Observable<ThreadEvent> =>
  observeRun$(request, (next) => ({ event: next }));

export const observeLines$ = (request: AnyRunRequest): Observable<RawLine> =>
  observeRun$(request, (next) => ({ line: next }));

export const observeSignals$ = (request: AnyRunRequest): Observable<RunNotification> =>
  observeRun$(request, (next) => ({
    started: next,
    event: (event) => {
      next({ type: 'event', event });
    },
    stderr: (text) => {
      next({ type: 'stderr', text });
    },
    exited: next,
  }));
