import type { ThreadEvent } from '../events/events.js';

/** Events that are kept while a run is paused, because a server cannot be paused. */
export const MAX_BUFFERED_EVENTS = 10_000;

/** Passes events on, in their order, and keeps them while it is paused. */
export class EventBuffer {
  readonly #deliver: (event: ThreadEvent) => void;
  readonly #onOverflow: () => void;
  #events: ThreadEvent[] = [];
  #isPaused = false;
  #isFlushing = false;
  #onEmpty: () => void = () => undefined;

  constructor(deliver: (event: ThreadEvent) => void, onOverflow: () => void) {
    this.#deliver = deliver;
    this.#onOverflow = onOverflow;
  }

  push(event: ThreadEvent): void {
    if (this.#events.length >= MAX_BUFFERED_EVENTS) {
      this.#onOverflow();
      return;
    }
    this.#events.push(event);
    this.#flush();
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#flush();
  }

  /** Resolves when all events have been passed on. */
  async empty(): Promise<void> {
    if (this.#events.length === 0) return;
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  /** A receiver may pause, or cause an event. */
  #flush(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    let count = 0;
    try {
      for (; count < this.#events.length && !this.#isPaused; count += 1) {
        const event = this.#events[count];
        if (event !== undefined) this.#deliver(event);
      }
    } finally {
      this.#isFlushing = false;
      this.#events = count === this.#events.length ? [] : this.#events.slice(count);
      if (this.#events.length === 0) this.#onEmpty();
    }
  }
}
