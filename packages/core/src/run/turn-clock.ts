import { Countdown } from '../util/countdown.js';

interface TurnLimits {
  /** Milliseconds from the spawn to the end of the turn; 0 or `Infinity`: none. */
  readonly timeout: number;
  /** Milliseconds that the process may outlive its turn in silence. */
  readonly linger: number;
}

interface TurnClockHandlers {
  /** The turn takes too long. */
  readonly expired: () => void;
  /** The turn is over, and the process stays too long. */
  readonly outstayed: () => void;
}

/** The two limits of a run: one before the end of its turn, the other one after it. */
export class TurnClock {
  readonly #limits: TurnLimits;
  readonly #handlers: TurnClockHandlers;
  readonly #timeout = new Countdown();
  readonly #linger = new Countdown();

  constructor(limits: TurnLimits, handlers: TurnClockHandlers) {
    this.#limits = limits;
    this.#handlers = handlers;
  }

  spawned(): void {
    this.#timeout.limit(this.#limits.timeout, this.#handlers.expired);
  }

  turnOver(): void {
    this.#timeout.clear();
    this.#linger.set(this.#limits.linger, this.#handlers.outstayed);
  }

  /** Something came: a process that still speaks is not silent. */
  activity(): void {
    this.#linger.restart();
  }

  stop(): void {
    this.#timeout.clear();
    this.#linger.clear();
  }
}
