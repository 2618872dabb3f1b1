import { AbortError, RunTimeoutError } from '../../errors/index.js';
import { Countdown } from '../../util/countdown.js';
import { onAbort } from '../../util/on-abort.js';
import type { ReviewOptions } from './thread-options.js';

/**
 * Stops a turn on a timeout (0 and `Infinity` for no limit) and on an abort.
 *
 * @returns a function that ends this
 */
export function followLimits(
  { timeout: limit = 0, signal }: ReviewOptions,
  details: () => { readonly threadId: string; readonly lastNotice: string | undefined },
  stop: (error: Error) => void,
): () => void {
  const timer = new Countdown();
  timer.limit(limit, () => {
    stop(new RunTimeoutError(limit, details()));
  });
  const unfollow =
    signal === undefined
      ? () => undefined
      : onAbort(signal, () => {
          stop(new AbortError(signal.reason));
        });
  return () => {
    timer.clear();
    unfollow();
  };
}
