import { type ThreadEvent, terminalTypeOf } from '@codex-rx/core/events';

/** Tracks the thread of a run, and whether its turn has completed. */
export class RunProgress {
  #threadId: string | undefined;
  #isKnown = false;
  #isComplete = false;

  get threadId(): string | undefined {
    return this.#threadId;
  }

  /** Whether the last turn completed. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Starts another attempt. It is on the same thread until its first event names another. */
  startAttempt(): void {
    this.#isKnown = false;
    this.#isComplete = false;
  }

  next(event: ThreadEvent): void {
    if (!this.#isKnown && event.thread_id !== undefined) {
      this.#threadId = event.thread_id;
      this.#isKnown = true;
    }
    if (event.thread_id !== undefined && event.thread_id !== this.#threadId) return;
    if (terminalTypeOf(event) === 'turn.completed') this.#isComplete = true;
    else if (event.type === 'turn.started') this.#isComplete = false;
  }
}
