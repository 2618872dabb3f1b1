import type { ThreadEvent } from '@codex-rx/core';
import { type ThreadSnapshot, withLatestSnapshot } from '@codex-rx/operators';
import {
  asyncScheduler,
  connect,
  defer,
  EMPTY,
  endWith,
  ignoreElements,
  map,
  merge,
  type Observable,
  type OperatorFunction,
  scan,
  startWith,
  takeUntil,
  tap,
  timer,
  withLatestFrom,
} from 'rxjs';
import { type Moment, nextMoment } from './moments.js';
import type { Screen } from './screen.js';
import { liveLines } from './view/live.js';
import { timelineLines } from './view/timeline.js';

export interface WatchOptions {
  /** Paths are shown relative to this folder. */
  readonly folder?: string | undefined;
  /** The status between two turns and before the first event. Default: that of a run that was started here. */
  readonly waiting?: string | undefined;
  /** Ends the run when it is aborted: the view says so meanwhile. */
  readonly signal: AbortSignal;
}

/** Milliseconds between two updates of the live lines. */
const tick = 100;

/** Shows a live run. Emits, completes and errors as the run does. */
export function watch$(
  events$: Observable<ThreadEvent>,
  screen: Screen,
  { folder, waiting, signal }: WatchOptions,
): Observable<Moment> {
  return defer(() => {
    let start = asyncScheduler.now();
    const now = () => asyncScheduler.now() - start;
    const below = (moment: Moment | undefined) =>
      screen.isLive ? liveLines(moment, now(), { isStopping: signal.aborted, waiting }, screen.style) : [];

    return events$.pipe(
      map((event, index) => {
        // The times of a stored session are those of its records.
        if (index === 0 && event.receivedAt !== undefined) start = event.receivedAt;
        return event;
      }),
      moments(({ receivedAt }) => (receivedAt === undefined ? now() : receivedAt - start)),
      connect((moments$) => {
        const timeline$ = moments$.pipe(
          tap((moment) => {
            screen.print(timelineLines(moment, folder, screen.style), below(moment));
          }),
        );
        const ended$ = moments$.pipe(ignoreElements(), endWith(true));
        const clock$ = timer(0, tick).pipe(
          withLatestFrom(moments$.pipe(startWith(undefined))),
          tap(([, moment]) => {
            screen.print([], below(moment));
          }),
          ignoreElements(),
          takeUntil(ended$),
        );
        return merge(timeline$, screen.isLive ? clock$ : EMPTY);
      }),
    );
  });
}

/** Each event with what has to be known to show it. */
function moments(timeOf: (event: ThreadEvent) => number): OperatorFunction<ThreadEvent, Moment> {
  return (events$) =>
    events$.pipe(
      withLatestSnapshot(),
      scan<readonly [ThreadEvent, ThreadSnapshot], Moment, undefined>(
        (before, [event, snapshot]) => nextMoment(before, event, snapshot, timeOf(event)),
        undefined,
      ),
    );
}
