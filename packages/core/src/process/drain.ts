import { setTimeout as delay } from 'node:timers/promises';

export interface Drainable {
  /** Settles when the pipe has ended. */
  readonly ended: Promise<unknown>;
  /** Chunks that have come so far. */
  chunks(): number;
  /** While its consumer holds it back, silence says nothing. */
  isHeldBack(): boolean;
}

const STEP = 25;
/**
 * What was written before the exit is in the pipe, and comes at once; a pipe that is silent for so many steps is held by somebody else.
 * Steps, not time: each gives the event loop a chance to read, however long its consumers block it.
 */
const QUIET_STEPS = 10;
/** Somebody else who goes on writing does not hold us for longer. */
const MOST_STEPS = 120;

/** Waits, after the exit of a process, for the rest of its output: to the end of the pipe, or until what comes can no longer be its own. */
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
