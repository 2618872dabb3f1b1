import { setTimeout as delay } from 'node:timers/promises';

export interface Drainable {
  /** Settles when the pipe has ended. */
  readonly ended: Promise<unknown>;
  /** Returns the number of chunks received so far. */
  chunks(): number;
  /** Returns whether backpressure has paused the pipe: silence is then not a sign of the end. */
  isHeldBack(): boolean;
}

const STEP = 25;
/**
 * Output that was written before the exit is already in the pipe and arrives immediately. A pipe that is silent for
 * this number of steps is kept open by another process. Counts steps instead of time: each step lets the event loop
 * read, however long subscribers block it.
 */
const QUIET_STEPS = 10;
/** Limits the wait for a pipe to which another process continues to write. */
const MOST_STEPS = 120;

/**
 * Waits, after the exit of a process, for the rest of its output. Resolves at the end of the pipe, or when further
 * data can no longer be from this process.
 */
export async function drain(pipe: Drainable): Promise<void> {
  const ended = pipe.ended.then(() => true);
  let quiet = 0;
  let seen = pipe.chunks();
  for (let steps = 0; steps < MOST_STEPS && quiet < QUIET_STEPS; ) {
    if (await Promise.race([ended, delay(STEP, false)])) return;
    if (pipe.isHeldBack()) {
      quiet = 0;
      continue;
    }
    steps += 1;
    quiet = pipe.chunks() === seen ? quiet + 1 : 0;
    seen = pipe.chunks();
  }
}
