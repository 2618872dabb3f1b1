import type { Observable, Unsubscribable } from 'rxjs';
import type { Hold } from './pause-gate.js';

/** Holds a source back while `paused$` says so; its end lets go. */
export function followPauses(
  paused$: Observable<boolean>,
  hold: Hold,
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
