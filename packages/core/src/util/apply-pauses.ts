import type { Observable, Unsubscribable } from 'rxjs';
import type { PauseToken } from './pause-gate.js';

/** Holds a source back while `paused$` says so; its end lets go. */
export function applyPauses(
  paused$: Observable<boolean>,
  hold: PauseToken,
  onError: (error: unknown) => void,
): Unsubscribable {
  return paused$.subscribe({
    next: (isPaused) => {
      if (isPaused) hold.pause();
      else hold.resume();
    },
    error: onError,
    complete: () => {
      hold.resume();
    },
  });
}
