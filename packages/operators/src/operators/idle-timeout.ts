import { IdleTimeoutError, type IdleTimeoutInfo, RequestError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { observePauses } from '@codex-rx/core/interop';
import {
  defer,
  type MonoTypeOperatorFunction,
  Observable,
  type ObservableInput,
  type ObservedValueOf,
  type Observer,
  type OperatorFunction,
  Subscription,
} from 'rxjs';
import { ActivityTracker } from '../idle/activity-tracker.js';
import { IdleClock } from '../idle/idle-clock.js';
import { subscribeWhileOpen } from '../util/subscribe-while-open.js';

export { IdleTimeoutError, type IdleTimeoutInfo } from '@codex-rx/core/errors';

/** Options of `idleTimeout()`. */
export interface IdleTimeoutOptions<O extends ObservableInput<unknown> = ObservableInput<never>> {
  /** Limit for the first activity, while no item is open, in ms. Default: `each`. */
  readonly first?: number | undefined;
  /** Limit without activity, in ms. Default: no limit. */
  readonly each?: number | undefined;
  /** Limit without activity while a command, MCP call or collab call is open, in ms. Default: 10 × `each`. */
  readonly whileRunning?: number | undefined;
  /**
   * Whether an event counts as activity. Default: every event except `error` notices, which a CLI without a network
   * repeats forever.
   */
  readonly isActivity?: ((event: ThreadEvent) => boolean) | undefined;
  /** Returns the Observable to continue with instead of an error. The source is unsubscribed before. */
  readonly with?: ((info: IdleTimeoutInfo) => O) | undefined;
  /**
   * Reports the limit instead of an error: the source continues. Called again after each further limit without
   * activity. Cannot be combined with `with`.
   */
  readonly onIdle?: ((info: IdleTimeoutInfo) => void) | undefined;
}

/**
 * Errors if the source has no activity within a time limit.
 *
 * <span class="informal">Ends a run that hangs, but not a long build.</span>
 *
 * Emits every event of the source. Limits are in ms; 0 or `Infinity` means no limit. While a command, an MCP call or a
 * call to a sub-agent is open, `whileRunning` applies; otherwise `first` until the first activity, and `each` from then
 * on. A limit counts from the last activity, or from when it started to apply, if that was later: `each` starts at the
 * end of a command even if `isActivity` ignores that event. Events that are not activity (by default `error` notices)
 * do not restart the clock.
 *
 * Only time in which the source is read counts. The clock stops while a run below it is paused, by its `paused$` or
 * by back-pressure of its `lines`, and while a subscriber or other code blocks the event loop; output that has waited
 * in the pipe meanwhile is read before the limit applies. Put the operator on the run itself: it finds a run that is
 * subscribed to synchronously with it. A timer that fires more than a second late, because the host slept, starts
 * again.
 *
 * The clock also stops between turns: after a `turn.completed` or `turn.failed` of the main thread until its next
 * `turn.started`, a `thread.started`, or the next activity.
 *
 * At the limit, unsubscribes from the source, which terminates the run, and errors with an {@link IdleTimeoutError}
 * (code `IDLE_TIMEOUT`; `error.info` has the limit, the number of events and the last one), or continues with the
 * result of `with(info)`. With `onIdle`, only reports. Otherwise completes and errors with the source.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { idleTimeout } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Fix the build', workingDirectory: '.', timeout: 60 * 60_000 })
 *   .pipe(idleTimeout({ first: 30_000, each: 60_000, whileRunning: 15 * 60_000 }))
 *   .subscribe({ error: (error) => console.error(error) });
 * ```
 *
 * @param options Limit for `first` and `each` in ms, or an object with all limits.
 * @returns An operator that mirrors the source until it is idle for too long.
 * @throws {RequestError} (code `REQUEST_INVALID`) If a limit is not a non-negative number, or if `onIdle` is not a
 * function or is combined with `with`.
 */
export function idleTimeout(each: number): MonoTypeOperatorFunction<ThreadEvent>;
export function idleTimeout<O extends ObservableInput<unknown> = ObservableInput<never>>(
  options: IdleTimeoutOptions<O>,
): OperatorFunction<ThreadEvent, ThreadEvent | ObservedValueOf<O>>;
export function idleTimeout<O extends ObservableInput<unknown>>(
  limitOrOptions: number | IdleTimeoutOptions<O>,
): OperatorFunction<ThreadEvent, ThreadEvent | ObservedValueOf<O>> {
  const options = isObject(limitOrOptions)
    ? limitOrOptions
    : { each: milliseconds('idleTimeout.each', limitOrOptions) };
  const each = limit('each', options.each) ?? Infinity;
  const limits = {
    first: limit('first', options.first) ?? each,
    each,
    whileRunning: limit('whileRunning', options.whileRunning) ?? 10 * each,
  };
  const { isActivity, onIdle, with: with$ = throwIdleTimeout } = options;
  checkOnIdle(options);

  return (source$) =>
    new Observable((destination) => {
      const clock = new IdleClock(limits, new ActivityTracker(isActivity));
      const source = new Subscription();
      source.add(() => {
        clock.stop();
      });
      // Unsubscribe first: a subscriber that retries must find the old run terminating.
      const fail = (error: unknown): void => {
        try {
          source.unsubscribe();
        } finally {
          destination.error(error);
        }
      };
      const observer: Observer<ThreadEvent> = {
        next: (event) => {
          let isRestart: boolean;
          try {
            isRestart = clock.next(event);
          } catch (error) {
            fail(error);
            return;
          }
          destination.next(event);
          if (isRestart) clock.restart();
        },
        error: (error: unknown) => {
          destination.error(error);
        },
        complete: () => {
          destination.complete();
        },
      };
      observePauses(clock, () => {
        subscribeWhileOpen(source$, destination, observer, (subscription) => {
          subscription.add(source);
          source.add(subscription);
        });
      });
      if (source.closed) return;
      clock.start((info) => {
        try {
          if (onIdle === undefined) source.unsubscribe();
          else onIdle(info);
        } catch (error) {
          fail(error);
          return;
        }
        if (onIdle !== undefined) return;
        defer(() => with$(info) as ObservableInput<ObservedValueOf<O>>).subscribe(destination);
      });
    });
}

function isObject<T extends object>(value: T | number): value is T {
  return typeof value === 'object' && (value as T | null) !== null;
}

function limit(field: string, value: unknown): number | undefined {
  return value === undefined ? undefined : milliseconds(`idleTimeout.${field}`, value);
}

function milliseconds(field: string, value: unknown): number {
  if (typeof value !== 'number' || Number.isNaN(value) || value < 0) {
    const given = typeof value === 'number' ? String(value) : typeof value;
    throw new RequestError(field, `must be a non-negative number of ms, got ${given}.`);
  }
  return value === 0 ? Infinity : value;
}

function checkOnIdle({ onIdle, with: with$ }: IdleTimeoutOptions<ObservableInput<unknown>>): void {
  if (onIdle === undefined) return;
  if (typeof (onIdle as unknown) !== 'function') throw new RequestError('idleTimeout.onIdle', 'must be a function.');
  if (with$ !== undefined) throw new RequestError('idleTimeout.onIdle', 'must not be combined with "with".');
}

function throwIdleTimeout(info: IdleTimeoutInfo): never {
  throw new IdleTimeoutError(info);
}
