import { asyncScheduler, Observable, type ObservableNotification, type Subscriber } from 'rxjs';
import type { Frame } from './frame.js';

/**
 * Emits notifications at their frames, those of frame 0 synchronously on subscribe.
 *
 * Times are those of RxJS' async scheduler: virtual in a TestScheduler. Uses one timer at a time.
 */
export function playFrames<T>(frames: readonly Frame<T>[]): Observable<T> {
  return new Observable((subscriber) => {
    const start = asyncScheduler.now();
    let next = 0;
    /** Emits the notifications that are due. Returns the time of the next one. */
    const playUntil = (time: number): number | undefined => {
      for (let frame = frames[next]; frame !== undefined && !subscriber.closed; frame = frames[next]) {
        if (frame.frame > time) return frame.frame;
        next += 1;
        notify(subscriber, frame.notification);
      }
      return undefined;
    };
    const following = playUntil(0);
    if (following === undefined) return undefined;
    // Relative to the clock, so that the delays of timers do not accumulate.
    const delayTo = (time: number): number => Math.max(0, start + time - asyncScheduler.now());
    return asyncScheduler.schedule<number>(
      function (time = following) {
        const then = playUntil(time);
        if (then !== undefined) this.schedule(then, delayTo(then));
      },
      delayTo(following),
      following,
    );
  });
}

function notify<T>(subscriber: Subscriber<T>, notification: ObservableNotification<T>): void {
  if (notification.kind === 'N') subscriber.next(notification.value);
  else if (notification.kind === 'E') subscriber.error(notification.error);
  else subscriber.complete();
}
