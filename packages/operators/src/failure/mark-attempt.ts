import type { ThreadEvent } from '@codex-rx/core/events';
import { defer, type MonoTypeOperatorFunction, map } from 'rxjs';

/** Puts the number of the attempt on the first `thread.started`: where streams are joined. */
export function markAttempt(attempt: number): MonoTypeOperatorFunction<ThreadEvent> {
  return (source$) =>
    defer(() => {
      let isMarked = false;
      return source$.pipe(
        map((event) => {
          if (isMarked || event.type !== 'thread.started') return event;
          isMarked = true;
          return { ...event, attempt };
        }),
      );
    });
}
