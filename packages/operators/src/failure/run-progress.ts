import type { ThreadEvent } from '@codex-rx/core/events';
import { turnEnd } from '../turn-end.js';

/** How far the run of the main thread has come. */
export class RunProgress {
  #threadId: string | undefined;
  #isKnown = false;
  #isComplete = false;

  get threadId(): string | undefined {
    return this.#threadId;
  }

  /** Its turn was successful, and no other one has begun. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Another run begins; until it says otherwise, it is one of the same thread. */
  begin(): void {
    this.#isKnown = false;
    this.#isComplete = false;
  }

  next(event: ThreadEvent): void {
    if (!this.#isKnown && event.thread_id !== undefined) {
      this.#threadId = event.thread_id;
      this.#isKnown = true;
    }
    if (event.thread_id !== undefined && event.thread_id !== this.#threadId) return;
    if (turnEnd(event) === 'completed') this.#isComplete = true;
    else if (event.type === 'turn.started') this.#isComplete = false;
  }
}
