import { IdleTimeoutError, type IdleTimeoutInfo, RequestError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import {
  defer,
  type MonoTypeOperatorFunction,
  Observable,
  type ObservableInput,
  type ObservedValueOf,
  type OperatorFunction,
  type Subscriber,
} from 'rxjs';
import { ActivityTracker } from '../idle/activity-tracker.js';
import { IdleClock } from '../idle/idle-clock.js';
import { Stage } from '../rx/stage.js';

export { IdleTimeoutError, type IdleTimeoutInfo } from '@codex-rx/core/errors';

export interface IdleTimeoutOptions<O extends ObservableInput<unknown> = ObservableInput<never>> {
  /** Milliseconds that the first activity may take, as long as nothing is open. Default: `each`. */
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

/**
 * Errors if the source shows no activity for a while.
 *
 * <span class="informal">Ends a run that hangs, and leaves a long build alone.</span>
 *
 * Passes every event on at once. Limits are milliseconds; 0 and `Infinity` mean none. While a command, an MCP call or a call to a sub-agent
 * is open, `whileRunning` applies; else `first` until the first activity, and `each` from then on. The limit that applies is counted from
 * the last activity, or from when it came to apply, if that is later: `each` starts at the end of a command even if `isActivity` does not
 * count that. Other events that are no activity (by default `error` notices) pass without restarting the clock.
 *
 * The clock stands still between turns: after a `turn.completed` or `turn.failed` of the main thread until its next `turn.started`, a
 * `thread.started`, or the next event that is activity. A timer that is more than a second late, since the host slept or was blocked,
 * starts again.
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
 * @param options Milliseconds for `first` and `each`, or the limits one by one.
 * @return An operator that mirrors the source until it has been idle for too long.
 */
export function idleTimeout(each: number): MonoTypeOperatorFunction<ThreadEvent>;
export function idleTimeout<O extends ObservableInput<unknown> = ObservableInput<never>>(
  config: IdleTimeoutOptions<O>,
): OperatorFunction<ThreadEvent, ThreadEvent | ObservedValueOf<O>>;
export function idleTimeout<O extends ObservableInput<unknown>>(
  config: number | IdleTimeoutOptions<O>,
): OperatorFunction<ThreadEvent, ThreadEvent | ObservedValueOf<O>> {
  const options = isConfig(config) ? config : { each: milliseconds('idleTimeout.each', config) };
  const each = limit('each', options.each) ?? Infinity;
  const limits = {
    first: limit('first', options.first) ?? each,
    each,
    whileRunning: limit('whileRunning', options.whileRunning) ?? 10 * each,
  };
  const { isActivity, with: with$ = failed } = options;

  return (source$) =>
    new Observable((consumer) => {
      const clock = new IdleClock(limits, new ActivityTracker(isActivity));
      const watch = new Watch(consumer, clock);
      watch.add(() => {
        clock.stop();
      });
      watch.follow(source$);
      if (watch.closed) return;
      clock.start((info) => {
        try {
          watch.unsubscribe();
        } catch (error) {
          consumer.error(error);
          return;
        }
        defer(() => with$(info) as ObservableInput<ObservedValueOf<O>>).subscribe(consumer);
      });
    });
}

/** Mirrors the source under the eyes of the clock. */
class Watch extends Stage<ThreadEvent, ThreadEvent> {
  readonly #clock: IdleClock;

  constructor(consumer: Subscriber<ThreadEvent>, clock: IdleClock) {
    super(consumer);
    this.#clock = clock;
  }

  next(event: ThreadEvent): void {
    if (this.isOver) return;
    try {
      this.#clock.note(event);
    } catch (error) {
      // The source is left before the consumer hears of it: who subscribes again then finds the old run dying, not alive.
      try {
        this.unsubscribe();
      } finally {
        this.consumer.error(error);
      }
      return;
    }
    this.consumer.next(event);
  }
}

function isConfig<T extends object>(config: T | number): config is T {
  return typeof config === 'object' && (config as T | null) !== null;
}

function limit(field: string, value: unknown): number | undefined {
  return value === undefined ? undefined : milliseconds(`idleTimeout.${field}`, value);
}

function milliseconds(field: string, value: unknown): number {
  if (typeof value !== 'number' || Number.isNaN(value) || value < 0) {
    const given = typeof value === 'number' ? String(value) : typeof value;
    throw new RequestError(field, `must be milliseconds (0 or Infinity: none), not ${given}`);
  }
  return value === 0 ? Infinity : value;
}

function failed(info: IdleTimeoutInfo): never {
  throw new IdleTimeoutError(info);
}
