import { AbortError, RunTimeoutError } from '../../errors/index.js';
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
  const timer =
    limit > 0 && Number.isFinite(limit)
      ? setTimeout(() => {
          stop(new RunTimeoutError(limit, details()));
        }, limit)
      : undefined;
  const unfollow =
    signal === undefined
      ? () => undefined
      : onAbort(signal, () => {
          stop(new AbortError(signal.reason));
        });
  return () => {
    clearTimeout(timer);
    unfollow();
  };
}
