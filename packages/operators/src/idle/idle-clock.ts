import type { IdleTimeoutInfo } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { asyncScheduler, type Subscription } from 'rxjs';
import { MAX_TIMER_MS } from '../util/max-timer.js';
import type { ActivityTracker, IdlePhase } from './activity-tracker.js';

/** In ms; `Infinity` means no limit. */
export type IdleLimits = Readonly<Record<IdleTimeoutInfo['phase'], number>>;

/** A timer that fires later than this (ms) shows that the host slept or was blocked for long: the clock restarts. */
const HOST_SLEEP_MS = 1_000;
/** A timer that fires later than this (ms) shows that the event loop was blocked: that time was not silence. */
const HOST_DELAY_MS = 20;
/** The last part of a limit (ms) has its own timer, so that the event loop reads the pipe between both timers. */
const LAST_READ_MS = 1;

/**
 * Reports when a stream was idle for too long. The limit of the phase counts from the last activity, or from the start
 * of the phase if that was later: the time of a long command does not count for the events after it. Time in which the
 * source was not read does not count.
 */
export class IdleClock {
  readonly #limits: IdleLimits;
  readonly #tracker: ActivityTracker;
  /** Set while the clock runs. */
  #onIdle: ((info: IdleTimeoutInfo) => void) | undefined;
  #timer: Subscription | undefined;
  #timerEnd = Infinity;
  /** Whether the event loop has read since the limit was almost reached. */
  #hasRead = false;
  #phase: IdlePhase = 'resting';
  /** When the silence started, plus the time in which the source was not read. */
  #since = 0;
  /** Number of sources that are paused. */
  #paused = 0;
  #pausedSince = 0;
  #lastEvent: ThreadEvent | undefined;
  #lastNotice: string | undefined;
  #seen = 0;

  constructor(limits: IdleLimits, tracker: ActivityTracker) {
    this.#limits = limits;
    this.#tracker = tracker;
  }

  /** Starts the clock after the source was subscribed to: events that it emits synchronously need no timer. */
  start(onIdle: (info: IdleTimeoutInfo) => void): void {
    this.#onIdle = onIdle;
    this.restart();
  }

  stop(): void {
    this.#onIdle = undefined;
    this.#timer?.unsubscribe();
  }

  /** Takes the next event. Returns whether the silence ends with it: `restart` the clock after its subscriber. */
  next(event: ThreadEvent): boolean {
    const isActivity = this.#tracker.next(event);
    this.#lastEvent = event;
    if (event.type === 'error') this.#lastNotice = event.message;
    this.#seen++;
    return isActivity || this.#tracker.phase !== this.#phase;
  }

  restart(): void {
    if (this.#onIdle === undefined) return;
    this.#phase = this.#tracker.phase;
    const now = asyncScheduler.now();
    this.#since = now;
    this.#arm(now);
  }

  /** Stops the clock while a source is not read. */
  pause(): void {
    if (this.#paused++ === 0) this.#pausedSince = asyncScheduler.now();
  }

  resume(): void {
    if (--this.#paused > 0) return;
    const now = asyncScheduler.now();
    this.#since += Math.max(0, now - Math.max(this.#since, this.#pausedSince));
    this.#arm(now);
  }

  get #limit(): number {
    return this.#phase === 'resting' ? Infinity : this.#limits[this.#phase];
  }

  /** Keeps the timer unless it would fire too late: when it fires early, `#fire` sets the next one. */
  #arm(now: number): void {
    if (this.#onIdle === undefined || this.#paused > 0) return;
    const end = this.#since + this.#limit;
    const isLast = end - now <= LAST_READ_MS;
    const due = isLast ? Math.max(end, now) : end - LAST_READ_MS;
    if (due >= this.#timerEnd) {
      // The loop reads before a timer that is still to come.
      if (due === this.#timerEnd && due > now) this.#hasRead ||= isLast;
      return;
    }
    this.#timer?.unsubscribe();
    this.#timerEnd = Math.min(due, now + MAX_TIMER_MS);
    this.#hasRead = isLast;
    this.#timer = asyncScheduler.schedule(() => {
      this.#fire();
    }, this.#timerEnd - now);
  }

  #fire(): void {
    const now = asyncScheduler.now();
    const delay = now - Math.max(this.#timerEnd, this.#since);
    const wasDelayed = delay > HOST_DELAY_MS;
    const hasRead = this.#hasRead && !wasDelayed;
    this.#timerEnd = Infinity;
    if (this.#paused > 0) return;
    if (delay > HOST_SLEEP_MS || now < this.#since) this.#since = now;
    else if (wasDelayed) this.#since += delay;
    if (hasRead && this.#since + this.#limit <= now) this.#report();
    else this.#arm(now);
  }

  #report(): void {
    const phase = this.#phase;
    if (phase === 'resting') return;
    this.#onIdle?.({
      idleFor: this.#limit,
      phase,
      lastEvent: this.#lastEvent,
      seen: this.#seen,
      ...(this.#lastNotice !== undefined && { lastNotice: this.#lastNotice }),
    });
    // If the stream continues, the next report comes after another limit.
    this.restart();
  }
}
