import {
  from,
  Observable,
  type ObservableInput,
  type ObservedValueOf,
  type OperatorFunction,
  type Subscription,
} from 'rxjs';
import { RunsOfSignal } from '../rx/runs-of-signal.js';
import { subscribeWhileOpen } from '../rx/subscribe-while-open.js';

export interface HotSwapContext {
  /** Aborted when the next value arrives, or when the consumer leaves. Give it to each run: it is also what tells which ones to wait for. */
  readonly signal: AbortSignal;
}

/**
 * Projects each value to a stream, and begins the next one only when the one before has ended, with its processes.
 *
 * <span class="informal">Like `switchMap`, but the old process is gone before the new one starts.</span>
 *
 * `switchMap` unsubscribes and goes on at once, while the old process is still being terminated: two agents in one folder. Here a new
 * value aborts the `signal` of the current stream, whose values are dropped from then on. The stream of the latest value begins when the
 * current one has completed or errored and is torn down, and when nothing is left of any run or command that got the `signal`; values in
 * between are dropped. So an operator may end the stream before its process, as `takeUntilTurnEnd()` and `idleTimeout()` do: the process is
 * waited for; if its turn is over, until it has left or its `linger` has run out.
 *
 * The projected stream must end when its signal is aborted, as all runs do that get it as `signal`. Runs are known by this very signal:
 * one that gets none, or one made of it (`AbortSignal.any`), is waited for only as long as its stream lasts.
 *
 * Completes when the source and the last stream have, whatever is left of its processes. Errors as the source does, with what `project`
 * throws, or with the error of a stream that was not aborted; an aborted stream's error is dropped. When the consumer leaves, the signal
 * is aborted and the stream is unsubscribed.
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
 * @param project Gives the stream for a value; its second argument holds the signal that ends it.
 * @return An operator that emits the values of the streams, one stream at a time.
 */
export function hotSwap<T, O extends ObservableInput<unknown>>(
  project: (value: T, context: HotSwapContext) => O,
): OperatorFunction<T, ObservedValueOf<O>> {
  return (source$) =>
    new Observable<ObservedValueOf<O>>((subscriber) => {
      /** Of the stream that is under way, or that has ended before its processes. */
      let current: AbortController | undefined;
      let isStreaming = false;
      let waiting: { readonly value: T } | undefined;
      let isSourceOver = false;
      let isStarting = false;

      /** Begins the stream of the latest value; a loop, as streams may end synchronously. */
      const proceed = (): void => {
        if (isStarting) return;
        isStarting = true;
        while (current === undefined && waiting !== undefined && !subscriber.closed) {
          const { value } = waiting;
          waiting = undefined;
          start(value);
        }
        isStarting = false;
        if (isStreaming || waiting !== undefined || !isSourceOver) return;
        // Nothing comes after it that its processes could get in the way of.
        current = undefined;
        subscriber.complete();
      };

      const start = (value: T): void => {
        const controller = new AbortController();
        const runs = new RunsOfSignal(controller.signal);
        current = controller;
        let inner$: Observable<ObservedValueOf<O>>;
        try {
          inner$ = from(project(value, { signal: controller.signal }) as ObservableInput<ObservedValueOf<O>>);
        } catch (error) {
          subscriber.error(error);
          return;
        }
        isStreaming = true;
        let stream: Subscription | undefined;
        const ended = (): void => {
          try {
            // Its teardown is run before the next one begins, not after this callback.
            stream?.unsubscribe();
          } catch (error) {
            subscriber.error(error);
            return;
          }
          isStreaming = false;
          runs.whenGone(() => {
            current = undefined;
            proceed();
          });
          proceed();
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
            stream = subscription;
          },
        );
      };

      subscriber.add(() => {
        current?.abort();
      });
      subscribeWhileOpen(source$, subscriber, {
        next: (value) => {
          waiting = { value };
          current?.abort();
          proceed();
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          isSourceOver = true;
          proceed();
        },
      });
    });
}
