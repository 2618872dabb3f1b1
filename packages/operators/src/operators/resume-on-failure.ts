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
import { type FailureClass, failureClass, passingFailures, resetOf } from '../failure/failure-class.js';
import { markAttempt } from '../failure/mark-attempt.js';
import { RunProgress } from '../failure/run-progress.js';
import { longestTimer } from '../rx/longest-timer.js';

export interface ResumeOnFailureOptions {
  /** Gives the stream that goes on with the thread, such as that of `resume$`. `attempt` counts from 1. */
  // eslint-disable-next-line rxjs-x/finnish -- a verb, as the functions of RxJS' own options
  readonly resume: (threadId: string, error: unknown, attempt: number) => ObservableInput<ThreadEvent>;
  /** How often to go on at most. Default 3. */
  readonly count?: number | undefined;
  /** Milliseconds to wait before, a back-off, or a function of the error. Default: a back-off from 1 to 30 seconds, of which chance takes off up to half. */
  readonly delay?: number | Backoff | ((error: unknown, attempt: number) => number) | undefined;
  /** After which failures to go on. Default: `crash`, `disconnected`, `overloaded`, `timeout` and `idle`. */
  readonly when?: readonly FailureClass[] | ((error: unknown, attempt: number) => boolean) | undefined;
  /** After a usage limit, wait until it is lifted, if the CLI says when: `true`, or the longest wait in milliseconds. Default `false`. */
  readonly waitForReset?: boolean | number | undefined;
}

/**
 * Goes on with the same thread when a run fails.
 *
 * <span class="informal">Survives a crash, a dropped connection, a hang.</span>
 *
 * Mirrors the source. When it errors in a way that may well not happen again, it waits, calls `resume(threadId, error, attempt)` and goes
 * on with that stream: one joined stream, in which the `thread.started` of each attempt carries `attempt` (from 1). Downstream,
 * `snapshots()` keeps the items of the attempts apart. The event of a failed turn, if there was one, is passed on before.
 *
 * It does not go on, and errors as the source did: when the thread is not known yet (subscribe again with `retry` instead), when the
 * turn was already complete (it is never repeated), for a failure that `when` does not name (a usage limit with `waitForReset` apart),
 * and after `count` attempts. What `resume`, `when` or `delay` throws ends the stream, too. Throws a `RequestError` (code `REQUEST_INVALID`) when it is created with numbers that make no sense, and errors with one if `delay` gives no number.
 *
 * Put `idleTimeout()` before it, so that a hang is a failure to go on after. `takeUntilTurnEnd()` belongs neither before nor after it: it
 * completes at the event of a failed turn, and then there is nothing to go on after.
 *
 * @example
 * ```ts
 * import { createCodex } from '@codex-rx/core';
 * import { idleTimeout, resumeOnFailure } from '@codex-rx/operators';
 *
 * const codex = createCodex({ workingDirectory: '.', sandbox: 'workspace-write' });
 *
 * codex
 *   .exec$({ prompt: 'Fix the build' })
 *   .pipe(
 *     idleTimeout(60_000),
 *     resumeOnFailure({
 *       count: 2,
 *       waitForReset: true,
 *       resume: (session) => codex.resume$({ session, prompt: 'Go on.' }).pipe(idleTimeout(60_000)),
 *     }),
 *   )
 *   .subscribe((event) => console.log(event.type));
 * ```
 *
 * @see {@link idleTimeout}
 *
 * @param options How to go on, how often, after what wait, and after which failures.
 * @return An operator that mirrors the source, and after it the streams that go on with its thread.
 */
export function resumeOnFailure(options: ResumeOnFailureOptions): MonoTypeOperatorFunction<ThreadEvent> {
  const { count = 3, waitForReset = false } = options;
  if (!(count >= 0))
    throw new RequestError('resumeOnFailure.count', `must be a number from 0 on, not ${String(count)}`);
  checkDelay(options.delay);
  if (typeof waitForReset !== 'boolean' && !(typeof waitForReset === 'number' && waitForReset >= 0)) {
    throw new RequestError(
      'resumeOnFailure.waitForReset',
      `must be true, false, or milliseconds from 0 on, not ${String(waitForReset)}`,
    );
  }
  const longestWait =
    waitForReset === false ? -1 : Math.min(waitForReset === true ? Infinity : waitForReset, longestTimer);

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
            progress.begin();
            current$ = defer(() => from(options.resume(threadId, error, next))).pipe(markAttempt(next));
            return timer(Math.min(wait, longestTimer));
          },
        }),
      );
    });

  /** Milliseconds, or `undefined` if the failure is none to go on after. */
  function waitBefore(error: unknown, attempt: number): number | undefined {
    const kind = failureClass(error);
    if (kind === 'usage_limit' && longestWait >= 0) return waitForLimit(error);
    return isWanted(error, kind, attempt) ? delayBefore(error, attempt) : undefined;
  }

  function waitForLimit(error: unknown): number | undefined {
    const reset = resetOf(error);
    if (reset === undefined) return undefined;
    // A second more, as clocks differ.
    const wait = Math.max(0, reset.getTime() - asyncScheduler.now()) + 1_000;
    return wait > longestWait ? undefined : wait;
  }

  function isWanted(error: unknown, kind: FailureClass | undefined, attempt: number): boolean {
    const { when = passingFailures } = options;
    return typeof when === 'function' ? when(error, attempt) : kind !== undefined && when.includes(kind);
  }

  function delayBefore(error: unknown, attempt: number): number {
    const { delay = {} } = options;
    if (typeof delay === 'number') return delay;
    if (typeof delay !== 'function') return backoffDelay(attempt, delay, Math.random());
    const wait = delay(error, attempt);
    if (typeof wait !== 'number' || Number.isNaN(wait)) {
      throw new RequestError('resumeOnFailure.delay', `must give milliseconds, not ${String(wait)}`);
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
      `must be milliseconds, a back-off or a function, not ${String(delay)}`,
    );
}
