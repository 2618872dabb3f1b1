import { from, type Observable, type ObservableInput } from 'rxjs';
import { BoundedQueue } from '../async/bounded-queue.js';

export interface ToAsyncIterableOptions {
  /** How many values may wait before the source is asked to pause. Default 16. */
  readonly highWaterMark?: number | undefined;
}

/**
 * Makes a stream an async iterable that pauses its source.
 *
 * <span class="informal">`for await` over a run; a slow loop slows the process down.</span>
 *
 * `project$` gets `paused$`, which says `true` while `highWaterMark` values wait and `false` when half of them are gone; hand it to the
 * run. What a source still emits while paused is kept. The stream is subscribed with the first `next()`. Leaving the loop with `break`
 * or an exception unsubscribes, and so does `return()`, which also settles a `next()` that is pending. An error of the stream is thrown
 * where its turn comes, after the values before it. Each result can be iterated once. Throws a `RequestError` (code `REQUEST_INVALID`) for a `highWaterMark`
 * that is no whole number from 1 on.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { toAsyncIterable } from '@codex-rx/operators';
 *
 * for await (const event of toAsyncIterable((paused$) => exec$({ prompt: 'Hello', paused$ }))) {
 *   console.log(event.type);
 * }
 * ```
 *
 * @param project$ Gives the stream; its argument says when to pause.
 * @param options How many values may wait.
 * @return An async iterable of the values, to be iterated once.
 */
export function toAsyncIterable<T>(
  project$: (paused$: Observable<boolean>) => ObservableInput<T>,
  options: ToAsyncIterableOptions = {},
): AsyncIterableIterator<T, undefined> {
  return new BoundedQueue((paused$) => from(project$(paused$)), options.highWaterMark ?? 16);
}
