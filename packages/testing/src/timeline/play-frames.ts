import { asyncScheduler, Observable, type ObservableNotification, type Subscriber } from 'rxjs';
import type { Frame } from './frame.js';

/**
 * Does what the moments say, when they say it. Those of frame 0 happen while being subscribed to. Time is that of RxJS' async scheduler:
 * virtual under a TestScheduler. One timer at a time, however many moments.
 */
export function playFrames<T>(moments: readonly Frame<T>[]): Observable<T> {
  return new Observable((subscriber) => {
    const start = asyncScheduler.now();
    let next = 0;
    /** Plays what is due, and returns the frame of what is not. */
    const playUntil = (frame: number): number | undefined => {
      for (let moment = moments[next]; moment !== undefined && !subscriber.closed; moment = moments[next]) {
        if (moment.frame > frame) return moment.frame;
        next += 1;
        notify(subscriber, moment.notification);
      }
      return undefined;
    };
    const following = playUntil(0);
    if (following === undefined) return undefined;
    // Against the clock, so that the delays of many timers do not add up.
    const delayTo = (frame: number): number => Math.max(0, start + frame - asyncScheduler.now());
    return asyncScheduler.schedule<number>(
      function (frame = following) {
        const then = playUntil(frame);
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
