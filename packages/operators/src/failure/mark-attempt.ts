import type { ThreadEvent } from '@codex-rx/core/events';
import { defer, type MonoTypeOperatorFunction, map } from 'rxjs';

/** Adds the number of the attempt to the first `thread.started`, where streams are joined. */
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
