import type { IdleTimeoutInfo } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { asyncScheduler, type Subscription } from 'rxjs';
import { MAX_TIMER_MS } from '../util/max-timer.js';
import type { ActivityTracker, IdlePhase } from './activity-tracker.js';

/** In ms; `Infinity` is no limit. */
export type IdleLimits = Readonly<Record<IdleTimeoutInfo['phase'], number>>;

/** A timer that fires later than this (ms) shows that the host slept or was blocked, not that the source was idle. */
const HOST_DELAY_MS = 1_000;

/**
 * Reports when a stream was idle for too long. The limit of the phase counts from the last activity, or from the start of the phase if
 * that was later: the time of a long command does not count for the events after it.
 */
export class IdleClock {
  readonly #limits: IdleLimits;
  readonly #tracker: ActivityTracker;
  /** Set while the clock runs. */
  #onIdle: ((info: IdleTimeoutInfo) => void) | undefined;
  #timer: Subscription | undefined;
  #timerEnd = Infinity;
  #phase: IdlePhase = 'resting';
  /** When the silence started. */
  #since = 0;
  #lastEvent: ThreadEvent | undefined;
  #seen = 0;

  constructor(limits: IdleLimits, tracker: ActivityTracker) {
    this.#limits = limits;
    this.#tracker = tracker;
  }

  /** Starts the clock after the source was subscribed to: events that it emits synchronously need no timer. */
  start(onIdle: (info: IdleTimeoutInfo) => void): void {
    this.#onIdle = onIdle;
    this.#restart(this.#tracker.phase);
  }

  stop(): void {
    this.#onIdle = undefined;
    this.#timer?.unsubscribe();
  }

  get #limit(): number {
    return this.#phase === 'resting' ? Infinity : this.#limits[this.#phase];
  }

  next(event: ThreadEvent): void {
    const isActivity = this.#tracker.next(event);
    this.#lastEvent = event;
    this.#seen++;
    if (this.#onIdle === undefined) return;
    const { phase } = this.#tracker;
    if (isActivity || phase !== this.#phase) this.#restart(phase);
  }

  #restart(phase: IdlePhase): void {
    this.#phase = phase;
    const now = asyncScheduler.now();
    this.#since = now;
    this.#arm(now);
  }

  /** Keeps the timer unless it would fire too late: when it fires early, `#fire` sets the next one. */
  #arm(now: number): void {
    const end = this.#since + this.#limit;
    if (end >= this.#timerEnd) return;
    this.#timer?.unsubscribe();
    this.#timerEnd = Math.min(end, now + MAX_TIMER_MS);
    this.#timer = asyncScheduler.schedule(() => {
      this.#fire();
    }, this.#timerEnd - now);
  }

  #fire(): void {
    const now = asyncScheduler.now();
    if (now - this.#timerEnd > HOST_DELAY_MS || now < this.#since) this.#since = now;
    this.#timerEnd = Infinity;
    const phase = this.#phase;
    if (phase === 'resting' || this.#since + this.#limit > now) this.#arm(now);
    else this.#onIdle?.({ idleFor: this.#limit, phase, lastEvent: this.#lastEvent, seen: this.#seen });
  }
}
