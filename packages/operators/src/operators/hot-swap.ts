import {
  from,
  Observable,
  type ObservableInput,
  type ObservedValueOf,
  type OperatorFunction,
  type Subscription,
} from 'rxjs';
import { checkFunction } from '../util/check-function.js';
import { SignalRuns } from '../util/signal-runs.js';
import { subscribeWhileOpen } from '../util/subscribe-while-open.js';

/** The second argument of the function of `hotSwap()`. */
export interface HotSwapContext {
  /**
   * Aborted when the next value arrives or the subscriber unsubscribes. Pass it to each run: runs with this signal
   * are awaited.
   */
  readonly signal: AbortSignal;
}

/**
 * Projects each value to an inner Observable, and subscribes to the next one when the previous one has ended and its
 * processes are gone.
 *
 * <span class="informal">Like `switchMap`, but the old process is gone before the new one starts.</span>
 *
 * `switchMap` subscribes to the new run while the old process is still terminating: two agents in one folder.
 * `hotSwap` aborts the `signal` of the current inner Observable when a value arrives, and drops its values from then
 * on. It subscribes to the inner Observable of the latest value when the current one has completed or errored, is
 * torn down, and no process of a run or command with the `signal` is left; values in between are dropped. An operator
 * may end the inner Observable before its process, as `takeUntilTurnEnd()` and `idleTimeout()` do: the process is
 * awaited all the same, after the end of its turn until it exits or its `linger` has expired.
 *
 * The inner Observable must end when its signal is aborted, as runs do that get it as `signal`. Pass this exact
 * `signal` to every run. A run without it, or with a derived one (`AbortSignal.any()`), is awaited only until its
 * Observable ends.
 *
 * Completes when the source and the last inner Observable have completed, without waiting for processes. Errors if
 * the source errors, if `project` throws, or if an inner Observable errors that was not aborted; the error of an
 * aborted one is dropped. Unsubscribing aborts the signal and unsubscribes from the inner Observable.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { finalMessage, hotSwap } from '@codex-rx/operators';
 * import { of } from 'rxjs';
 *
 * of('Draft a plan', 'Draft a shorter plan')
 *   .pipe(hotSwap((prompt, { signal }) => exec$({ prompt, signal }).pipe(finalMessage())))
 *   .subscribe((plan) => console.log(plan));
 * ```
 *
 * @param project Returns the inner Observable of a value; its second argument has the signal that ends it.
 * @returns An operator that emits the values of the inner Observables, one at a time.
 * @throws {RequestError} (code `REQUEST_INVALID`) If `project` is not a function.
 */
export function hotSwap<T, O extends ObservableInput<unknown>>(
  project: (value: T, context: HotSwapContext) => O,
): OperatorFunction<T, ObservedValueOf<O>> {
  checkFunction('hotSwap.project', project);
  return (source$) =>
    new Observable<ObservedValueOf<O>>((subscriber) => {
      /** Set until the inner Observable has ended and its processes are gone. */
      let current: AbortController | undefined;
      let isInnerActive = false;
      let latest: { readonly value: T } | undefined;
      let hasSourceCompleted = false;
      let isStarting = false;

      /** Subscribes to the inner Observable of the latest value. A loop, as inner Observables may end synchronously. */
      const startLatest = (): void => {
        if (isStarting) return;
        isStarting = true;
        while (current === undefined && latest !== undefined && !subscriber.closed) {
          const { value } = latest;
          latest = undefined;
          start(value);
        }
        isStarting = false;
        if (isInnerActive || latest !== undefined || !hasSourceCompleted) return;
        // Nothing follows that would have to wait for the remaining processes.
        current = undefined;
        subscriber.complete();
      };

      const start = (value: T): void => {
        const controller = new AbortController();
        const runs = new SignalRuns(controller.signal);
        current = controller;
        let inner$: Observable<ObservedValueOf<O>>;
        try {
          inner$ = from(project(value, { signal: controller.signal }) as ObservableInput<ObservedValueOf<O>>);
        } catch (error) {
          subscriber.error(error);
          return;
        }
        isInnerActive = true;
        let inner: Subscription | undefined;
        const ended = (): void => {
          try {
            // Tear down before the next inner Observable starts, not after this callback.
            inner?.unsubscribe();
          } catch (error) {
            subscriber.error(error);
            return;
          }
          isInnerActive = false;
          runs.whenGone(() => {
            current = undefined;
            startLatest();
          });
          startLatest();
        };
        subscribeWhileOpen(
          inner$,
          subscriber,
          {
            next: (innerValue) => {
              if (!controller.signal.aborted) subscriber.next(innerValue);
            },
            error: (error: unknown) => {
              if (controller.signal.aborted) ended();
              else subscriber.error(error);
            },
            complete: ended,
          },
          (subscription) => {
            inner = subscription;
          },
        );
      };

      subscriber.add(() => {
        current?.abort();
      });
      subscribeWhileOpen(source$, subscriber, {
        next: (value) => {
          latest = { value };
          current?.abort();
          startLatest();
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          hasSourceCompleted = true;
          startLatest();
        },
      });
    });
}
