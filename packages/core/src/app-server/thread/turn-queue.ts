/** The order of the turns of a thread, which runs one at a time. */
export class TurnQueue {
  #last: Promise<void> = Promise.resolve();

  /** Queues a turn that is over with the promise. Resolves when the turns before it are over. */
  enter(over: Promise<void>): Promise<void> {
    const before = this.#last;
    // A turn that leaves the queue while it waits must not let those behind it pass.
    this.#last = before.then(() => over);
    return before;
  }
}
