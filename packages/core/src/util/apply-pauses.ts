import type { Observable } from 'rxjs';
import type { PauseToken } from './pause-gate.js';
import { warnOnError } from './warn-on-error.js';

/**
 * Pauses a source while the last value of `paused$` is `true`. Resumes it when `paused$` completes. Returns a function
 * that unsubscribes from `paused$`.
 */
export function applyPauses(
  paused$: Observable<boolean>,
  token: PauseToken,
  onError: (error: unknown) => void,
): () => void {
  const subscription = paused$.subscribe({
    next: (isPaused) => {
      if (isPaused) token.pause();
      else token.resume();
    },
    error: onError,
    complete: () => {
      token.resume();
    },
  });
  return () => {
    warnOnError('could not unsubscribe from paused$', () => {
      subscription.unsubscribe();
    });
  };
}
