import { from, type Observable, type ObservableInput } from 'rxjs';
import { BoundedQueue, type ValueIterator } from '../util/bounded-queue.js';

export type { ValueIterator } from '../util/bounded-queue.js';

/** Options of `toAsyncIterable()`. */
export interface ToAsyncIterableOptions {
  /** Number of buffered values at which `paused$` emits `true`. Default 16. */
  readonly highWaterMark?: number | undefined;
}

/**
 * Converts an Observable to an async iterable that pauses its source.
 *
 * <span class="informal">`for await` over a run; a slow loop slows the process down.</span>
 *
 * `project$` gets `paused$`, which emits `true` when `highWaterMark` values are buffered and `false` when half
 * are consumed; pass it to the run. Values that the source emits while paused are buffered, too. The first
 * `next()` subscribes. Leaving the loop with `break` or an exception unsubscribes, and so does `return()`, which also
 * settles a pending `next()`. An error of the Observable is thrown after the values before it. Each result can be
 * iterated once.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { toAsyncIterable } from '@codex-rx/operators';
 *
 * for await (const event of toAsyncIterable((paused$) => exec$({ prompt: 'Hello', workingDirectory: '.', paused$ }))) {
 *   console.log(event.type);
 * }
 * ```
 *
 * @param project$ Returns the Observable; its argument emits when to pause.
 * @param options Size of the buffer.
 * @returns An async iterable of the values, to be iterated once.
 * @throws {RequestError} (code `REQUEST_INVALID`) If `highWaterMark` is not a positive integer.
 */
export function toAsyncIterable<T>(
  project$: (paused$: Observable<boolean>) => ObservableInput<T>,
  options: ToAsyncIterableOptions = {},
): ValueIterator<T> {
  return new BoundedQueue((paused$) => from(project$(paused$)), options.highWaterMark ?? 16);
}
