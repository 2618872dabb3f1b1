import {
  from,
  Observable,
  type ObservableInput,
  type ObservedValueOf,
  type OperatorFunction,
  type Subscription,
} from 'rxjs';
import { subscribeWhileOpen } from '../rx/subscribe-while-open.js';

export interface HotSwapContext {
  /** Aborted when the next value arrives, or when the consumer leaves. Give it to the run. */
  readonly signal: AbortSignal;
}

/**
 * Projects each value to a stream, and begins the next one only when the one before it has ended.
 *
 * <span class="informal">Like `switchMap`, but the old process is gone before the new one starts.</span>
 *
 * `switchMap` unsubscribes and goes on at once, while the old process is still being terminated: two agents in one folder. Here a new
 * value aborts the `signal` of the current stream, whose values are dropped from then on, and the stream of the latest value begins
 * when the current one has completed or errored and is torn down; values in between are dropped. So the projected stream must end when its signal is
 * aborted, as all runs do that get it as `signal`.
 *
 * Completes when the source and the last stream have. Errors as the source does, with what `project` throws, or with the error of a
 * stream that was not aborted; an aborted stream's error is dropped. When the consumer leaves, the signal is aborted and the stream is unsubscribed.
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
      let current: AbortController | undefined;
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
        if (current === undefined && isSourceOver) subscriber.complete();
      };

      const start = (value: T): void => {
        const controller = new AbortController();
        current = controller;
        let inner$: Observable<ObservedValueOf<O>>;
        try {
          inner$ = from(project(value, { signal: controller.signal }) as ObservableInput<ObservedValueOf<O>>);
        } catch (error) {
          subscriber.error(error);
          return;
        }
        let stream: Subscription | undefined;
        const ended = (): void => {
          // Its teardown is run before the next one begins, not after this callback.
          stream?.unsubscribe();
          current = undefined;
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
