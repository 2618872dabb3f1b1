import { IdleTimeoutError, type IdleTimeoutInfo, RequestError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import {
  asyncScheduler,
  defer,
  type MonoTypeOperatorFunction,
  Observable,
  type ObservableInput,
  type ObservedValueOf,
  type OperatorFunction,
  type Subscription,
} from 'rxjs';
import { ActivityTracker } from '../idle/activity-tracker.js';
import { subscribeWhileOpen } from '../rx/subscribe-while-open.js';

export interface IdleTimeoutConfig<O extends ObservableInput<unknown> = ObservableInput<never>> {
  /** Milliseconds that the first activity may take. Default: `each`. */
  readonly first?: number | undefined;
  /** Milliseconds without activity. Default: no limit. */
  readonly each?: number | undefined;
  /** Milliseconds without activity while a command, MCP or collab item is open. Default: 10 × `each`. */
  readonly whileRunning?: number | undefined;
  /** What counts as activity. Default: every event but `error` notices: a CLI without a network sends those for ever. */
  readonly isActivity?: ((event: ThreadEvent) => boolean) | undefined;
  /** What to go on with instead of an error; the source is unsubscribed before. */
  readonly with?: ((info: IdleTimeoutInfo) => O) | undefined;
}

/** A timer that fires this much later than planned says that the host slept or was blocked, not that the source was idle. */
const hostDelay = 1_000;

/**
 * Errors if the source shows no activity for a while.
 *
 * <span class="informal">Ends a run that hangs, and leaves a long build alone.</span>
 *
 * Passes every event on at once. Limits are milliseconds; 0 and `Infinity` mean none. Events that are no activity (by default `error`
 * notices) pass without restarting the clock. While a command, an MCP call or a call to a sub-agent is open, `whileRunning` applies. The
 * clock stands still between turns: after a `turn.completed` or `turn.failed` until the next event. A timer that is more than a second
 * late, since the host slept or was blocked, starts again.
 *
 * When the limit is hit, it unsubscribes from the source, which terminates the run, and errors at once with an {@link IdleTimeoutError}
 * (code `IDLE_TIMEOUT`; `error.info` says which limit, after how many events and which one was last), or goes on with `with(info)`. Else it completes and
 * errors as the source does. Throws a `RequestError` (code `REQUEST_INVALID`) when it is created with a limit that is not one.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { idleTimeout } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Fix the build' })
 *   .pipe(idleTimeout({ first: 30_000, each: 60_000, whileRunning: 15 * 60_000 }))
 *   .subscribe({ error: (error) => console.error(error) });
 * ```
 *
 * @param config Milliseconds for `first` and `each`, or the limits one by one.
 * @return An operator that mirrors the source until it has been idle for too long.
 */
export function idleTimeout(each: number): MonoTypeOperatorFunction<ThreadEvent>;
export function idleTimeout<O extends ObservableInput<unknown> = ObservableInput<never>>(
  config: IdleTimeoutConfig<O>,
): OperatorFunction<ThreadEvent, ThreadEvent | ObservedValueOf<O>>;
export function idleTimeout<O extends ObservableInput<unknown>>(
  config: number | IdleTimeoutConfig<O>,
): OperatorFunction<ThreadEvent, ThreadEvent | ObservedValueOf<O>> {
  const options: IdleTimeoutConfig<O> = typeof config === 'number' ? { each: config } : config;
  const each = limit('each', options.each) ?? Infinity;
  const limits = {
    first: limit('first', options.first) ?? each,
    each,
    whileRunning: limit('whileRunning', options.whileRunning) ?? 10 * each,
  };
  const { isActivity = isNoNotice, with: with$ = failed } = options;

  return (source$) =>
    new Observable((consumer) => {
      const tracker = new ActivityTracker();
      let run: Subscription | undefined;
      let timer: Subscription | undefined;
      let timerEnd = Infinity;
      let lastActivity = asyncScheduler.now();
      let lastEvent: ThreadEvent | undefined;
      let seen = 0;

      /** One timer serves many events: it is set anew only if it would fire too late, and looks at the clock when it fires. */
      const arm = (now: number): void => {
        if (tracker.isResting) return;
        const end = lastActivity + limits[tracker.phase];
        if (end >= timerEnd) return;
        timer?.unsubscribe();
        timerEnd = Math.min(end, now + longestTimer);
        timer = asyncScheduler.schedule(fire, timerEnd - now);
      };
      const fire = (): void => {
        const now = asyncScheduler.now();
        const { phase } = tracker;
        if (now - timerEnd > hostDelay || now < lastActivity) lastActivity = now;
        timerEnd = Infinity;
        if (tracker.isResting || lastActivity + limits[phase] > now) {
          arm(now);
          return;
        }
        // The source is left before the consumer hears of it: who subscribes again then finds the old run dying, not alive.
        run?.unsubscribe();
        defer(
          () => with$({ idleFor: limits[phase], phase, lastEvent, seen }) as ObservableInput<ObservedValueOf<O>>,
        ).subscribe(consumer);
      };
      const note = (event: ThreadEvent): void => {
        lastEvent = event;
        seen++;
        const isActive = isActivity(event);
        tracker.next(event, isActive);
        if (!isActive) return;
        lastActivity = asyncScheduler.now();
        arm(lastActivity);
      };

      consumer.add(() => timer?.unsubscribe());
      arm(lastActivity);
      subscribeWhileOpen(
        source$,
        consumer,
        {
          next: (event) => {
            try {
              note(event);
            } catch (error) {
              run?.unsubscribe();
              consumer.error(error);
              return;
            }
            consumer.next(event);
          },
          error: (error: unknown) => {
            consumer.error(error);
          },
          complete: () => {
            consumer.complete();
          },
        },
        (subscription) => {
          run = subscription;
        },
      );
    });
}

/** The longest time that Node's timers know. */
const longestTimer = 2 ** 31 - 1;

function limit(field: string, value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || Number.isNaN(value) || value < 0) {
    throw new RequestError(`idleTimeout.${field}`, `must be milliseconds (0 or Infinity: none), not ${String(value)}`);
  }
  return value === 0 ? Infinity : value;
}

function isNoNotice(event: ThreadEvent): boolean {
  return event.type !== 'error';
}

function failed(info: IdleTimeoutInfo): never {
  throw new IdleTimeoutError(info);
}
