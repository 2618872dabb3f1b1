import { RequestError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import {
  asyncScheduler,
  defer,
  from,
  type MonoTypeOperatorFunction,
  type Observable,
  type ObservableInput,
  retry,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { type Backoff, backoffDelay, checkBackoff } from '../failure/backoff.js';
import { type FailureClass, failureClass, resetTime, TRANSIENT_FAILURES } from '../failure/failure-class.js';
import { markAttempt } from '../failure/mark-attempt.js';
import { RunProgress } from '../failure/run-progress.js';
import { checkFunction } from '../util/check-function.js';
import { MAX_TIMER_MS } from '../util/max-timer.js';

/** Options of `resumeOnFailure()`. */
export interface ResumeOnFailureOptions {
  /** Returns the Observable that continues the thread, such as that of `resume$`. `attempt` counts from 1. */
  // eslint-disable-next-line rxjs-x/finnish -- a verb, as the options of RxJS are
  readonly resume: (threadId: string, error: unknown, attempt: number) => ObservableInput<ThreadEvent>;
  /** Maximum number of attempts. Default 3. */
  readonly count?: number | undefined;
  /**
   * Delay before an attempt in ms, a back-off, or a function of the error. Default: a back-off from 1 to 30 s with
   * jitter.
   */
  readonly delay?: number | Backoff | ((error: unknown, attempt: number) => number) | undefined;
  /** Failures to resume after. Default: `crash`, `disconnected`, `overloaded`, `timeout` and `idle`. */
  readonly when?: readonly FailureClass[] | ((error: unknown, attempt: number) => boolean) | undefined;
  /**
   * Whether to wait until a usage limit ends, if the CLI reports when: `true`, or the longest wait in ms. Default
   * `false`.
   */
  readonly waitForReset?: boolean | number | undefined;
}

/**
 * Resumes the same thread when a run fails.
 *
 * <span class="informal">Survives a crash, a dropped connection, a hang.</span>
 *
 * Mirrors the source. On a transient failure, waits, calls `resume(threadId, error, attempt)`, and continues with
 * that Observable: one joined stream, in which the `thread.started` of each attempt has `attempt` (from 1).
 * `snapshots()` keeps the items of attempts apart. The `turn.failed` of a failed turn is emitted before.
 *
 * Errors with the error of the source if the thread is not known yet (use `retry` then), if the turn had already
 * completed (it is never repeated), if `when` does not include the failure (except for a usage limit with
 * `waitForReset`), and after `count` attempts. Errors with what `resume`, `when` or `delay` throws, and with a
 * `RequestError` (code `REQUEST_INVALID`) if `delay` does not return a number.
 *
 * Put `idleTimeout()` before `resumeOnFailure()`, so that a hang is a failure. Do not combine it with
 * `takeUntilTurnEnd()`, which completes at a failed turn, so that no failure is left.
 *
 * @example
 * ```ts
 * import { createCodex } from '@codex-rx/core';
 * import { idleTimeout, resumeOnFailure } from '@codex-rx/operators';
 *
 * const codex = createCodex({ workingDirectory: '.', sandbox: 'workspace-write', timeout: 60 * 60_000 });
 *
 * codex
 *   .exec$({ prompt: 'Fix the build' })
 *   .pipe(
 *     idleTimeout(60_000),
 *     resumeOnFailure({
 *       count: 2,
 *       waitForReset: true,
 *       resume: (session) => codex.resume$({ session, prompt: 'Continue.' }).pipe(idleTimeout(60_000)),
 *     }),
 *   )
 *   .subscribe((event) => console.log(event.type));
 * ```
 *
 * @see {@link idleTimeout}
 *
 * @param options How to resume, how often, after which delay, and after which failures.
 * @returns An operator that mirrors the source, and then the Observables that continue its thread.
 * @throws {RequestError} (code `REQUEST_INVALID`) If `resume` is missing, or a number is out of range.
 */
export function resumeOnFailure(options: ResumeOnFailureOptions): MonoTypeOperatorFunction<ThreadEvent> {
  // A caller without TypeScript may omit the options.
  checkFunction('resumeOnFailure.resume', (options as Partial<ResumeOnFailureOptions> | undefined)?.resume);
  const { count = 3, waitForReset = false } = options;
  if (!(count >= 0))
    throw new RequestError('resumeOnFailure.count', `must be a non-negative number, got ${String(count)}.`);
  checkDelay(options.delay);
  if (typeof waitForReset !== 'boolean' && !(typeof waitForReset === 'number' && waitForReset >= 0)) {
    throw new RequestError(
      'resumeOnFailure.waitForReset',
      `must be a boolean or a non-negative number of ms, got ${String(waitForReset)}.`,
    );
  }
  const maxWait = waitForReset === false ? -1 : Math.min(waitForReset === true ? Infinity : waitForReset, MAX_TIMER_MS);

  return (source$) =>
    defer(() => {
      const progress = new RunProgress();
      let current$: Observable<ThreadEvent> = source$;
      let attempt = 0;

      return defer(() => current$).pipe(
        tap((event) => {
          progress.next(event);
        }),
        retry({
          delay: (error: unknown) => {
            const { threadId } = progress;
            if (threadId === undefined || progress.isComplete || attempt >= count) return throwError(() => error);
            const wait = waitBefore(error, attempt + 1);
            if (wait === undefined) return throwError(() => error);
            const next = ++attempt;
            progress.startAttempt();
            current$ = defer(() => from(options.resume(threadId, error, next))).pipe(markAttempt(next));
            return timer(Math.min(wait, MAX_TIMER_MS));
          },
        }),
      );
    });

  /** Returns the delay in ms, or `undefined` if the run must not be resumed after this failure. */
  function waitBefore(error: unknown, attempt: number): number | undefined {
    const kind = failureClass(error);
    if (kind === 'usage_limit' && maxWait >= 0) return waitForLimit(error);
    return isWanted(error, kind, attempt) ? delayBefore(error, attempt) : undefined;
  }

  function waitForLimit(error: unknown): number | undefined {
    const reset = resetTime(error);
    if (reset === undefined) return undefined;
    // Clocks may differ by a second.
    const wait = Math.max(0, reset.getTime() - asyncScheduler.now()) + 1_000;
    return wait > maxWait ? undefined : wait;
  }

  function isWanted(error: unknown, kind: FailureClass | undefined, attempt: number): boolean {
    const { when = TRANSIENT_FAILURES } = options;
    return typeof when === 'function' ? when(error, attempt) : kind !== undefined && when.includes(kind);
  }

  function delayBefore(error: unknown, attempt: number): number {
    const { delay = {} } = options;
    if (typeof delay === 'number') return delay;
    if (typeof delay !== 'function') return backoffDelay(attempt, delay, Math.random());
    const wait = delay(error, attempt);
    if (typeof wait !== 'number' || Number.isNaN(wait)) {
      throw new RequestError('resumeOnFailure.delay', `must return a number of ms, got ${String(wait)}.`);
    }
    return Math.max(0, wait);
  }
}

function checkDelay(delay: ResumeOnFailureOptions['delay'] | null): void {
  if (delay === undefined || typeof delay === 'function') return;
  if (typeof delay === 'number') checkBackoff('resumeOnFailure.delay', { initial: delay });
  else if (typeof delay === 'object' && delay !== null) checkBackoff('resumeOnFailure.delay', delay);
  else
    throw new RequestError(
      'resumeOnFailure.delay',
      `must be a number of ms, a back-off or a function, got ${String(delay)}.`,
    );
}
