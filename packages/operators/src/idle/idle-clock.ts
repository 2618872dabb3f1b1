import type { IdleTimeoutInfo } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { asyncScheduler, type Subscription } from 'rxjs';
import { longestTimer } from '../rx/longest-timer.js';
import type { ActivityTracker, IdlePhase } from './activity-tracker.js';

/** Milliseconds; `Infinity`: no limit. */
export type IdleLimits = Readonly<Record<IdleTimeoutInfo['phase'], number>>;

/** A timer that fires this much later than planned says that the host slept or was blocked, not that the source was idle. */
const hostDelay = 1_000;

/**
 * Tells when a stream has shown no activity for too long. The limit is that of the phase, counted from the last activity or, if that is
 * later, from the begin of the phase: what a long command took is not held against what follows.
 */
export class IdleClock {
  readonly #limits: IdleLimits;
  readonly #tracker: ActivityTracker;
  /** Only while the clock runs. */
  #onIdle: ((info: IdleTimeoutInfo) => void) | undefined;
  #timer: Subscription | undefined;
  #timerEnd = Infinity;
  #phase: IdlePhase = 'resting';
  /** That of the phase; kept, as few events change it. */
  #limit = Infinity;
  /** When the silence began. */
  #since = 0;
  #lastEvent: ThreadEvent | undefined;
  #seen = 0;

  constructor(limits: IdleLimits, tracker: ActivityTracker) {
    this.#limits = limits;
    this.#tracker = tracker;
  }

  /**
   * To be called once the source is subscribed to. What it has emitted by then, it emitted at this same moment: no timer could have fired
   * in between, so none is set, and the time is not asked for.
   */
  start(onIdle: (info: IdleTimeoutInfo) => void): void {
    this.#onIdle = onIdle;
    this.#restart(this.#tracker.phase);
  }

  stop(): void {
    this.#onIdle = undefined;
    this.#timer?.unsubscribe();
  }

  note(event: ThreadEvent): void {
    const isActivity = this.#tracker.next(event);
    this.#lastEvent = event;
    this.#seen++;
    if (this.#onIdle === undefined) return;
    const { phase } = this.#tracker;
    if (isActivity || phase !== this.#phase) this.#restart(phase);
  }

  #restart(phase: IdlePhase): void {
    if (phase !== this.#phase) {
      this.#phase = phase;
      this.#limit = phase === 'resting' ? Infinity : this.#limits[phase];
    }
    const now = asyncScheduler.now();
    this.#since = now;
    this.#arm(now);
  }

  /** One timer serves many events: it is set anew only if it would fire too late, and looks at the clock when it fires. */
  #arm(now: number): void {
    const end = this.#since + this.#limit;
    if (end >= this.#timerEnd) return;
    this.#timer?.unsubscribe();
    this.#timerEnd = Math.min(end, now + longestTimer);
    this.#timer = asyncScheduler.schedule(() => {
      this.#fire();
    }, this.#timerEnd - now);
  }

  #fire(): void {
    const now = asyncScheduler.now();
    if (now - this.#timerEnd > hostDelay || now < this.#since) this.#since = now;
    this.#timerEnd = Infinity;
    const phase = this.#phase;
    if (phase === 'resting' || this.#since + this.#limit > now) this.#arm(now);
    else this.#onIdle?.({ idleFor: this.#limit, phase, lastEvent: this.#lastEvent, seen: this.#seen });
  }
}
