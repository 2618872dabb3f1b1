import type { IdleTimeoutInfo } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { asyncScheduler, type Subscription } from 'rxjs';
import { longestTimer } from '../rx/longest-timer.js';
import type { ActivityTracker } from './activity-tracker.js';

/** Milliseconds; `Infinity`: no limit. */
export type IdleLimits = Readonly<Record<IdleTimeoutInfo['phase'], number>>;

/** A timer that fires this much later than planned says that the host slept or was blocked, not that the source was idle. */
const hostDelay = 1_000;

/** Tells when a stream has shown no activity for too long. */
export class IdleClock {
  readonly #limits: IdleLimits;
  readonly #onIdle: (info: IdleTimeoutInfo) => void;
  readonly #tracker: ActivityTracker;
  #isRunning = false;
  #timer: Subscription | undefined;
  #timerEnd = Infinity;
  #lastActivity = 0;
  #lastEvent: ThreadEvent | undefined;
  #seen = 0;

  constructor(limits: IdleLimits, tracker: ActivityTracker, onIdle: (info: IdleTimeoutInfo) => void) {
    this.#limits = limits;
    this.#tracker = tracker;
    this.#onIdle = onIdle;
  }

  /**
   * To be called once the source is subscribed to. What it has emitted by then, it emitted at this same moment: no timer could have fired
   * in between, so none is set, and the time is not asked for.
   */
  start(): void {
    this.#isRunning = true;
    this.#lastActivity = asyncScheduler.now();
    this.#arm(this.#lastActivity);
  }

  stop(): void {
    this.#isRunning = false;
    this.#timer?.unsubscribe();
  }

  note(event: ThreadEvent): void {
    const isActivity = this.#tracker.next(event);
    this.#lastEvent = event;
    this.#seen++;
    if (!isActivity || !this.#isRunning) return;
    this.#lastActivity = asyncScheduler.now();
    this.#arm(this.#lastActivity);
  }

  /** One timer serves many events: it is set anew only if it would fire too late, and looks at the clock when it fires. */
  #arm(now: number): void {
    if (this.#tracker.isResting) return;
    const end = this.#lastActivity + this.#limits[this.#tracker.phase];
    if (end >= this.#timerEnd) return;
    this.#timer?.unsubscribe();
    this.#timerEnd = Math.min(end, now + longestTimer);
    this.#timer = asyncScheduler.schedule(() => {
      this.#fire();
    }, this.#timerEnd - now);
  }

  #fire(): void {
    const now = asyncScheduler.now();
    const { phase, isResting } = this.#tracker;
    if (now - this.#timerEnd > hostDelay || now < this.#lastActivity) this.#lastActivity = now;
    this.#timerEnd = Infinity;
    if (isResting || this.#lastActivity + this.#limits[phase] > now) {
      this.#arm(now);
      return;
    }
    this.#onIdle({ idleFor: this.#limits[phase], phase, lastEvent: this.#lastEvent, seen: this.#seen });
  }
}
