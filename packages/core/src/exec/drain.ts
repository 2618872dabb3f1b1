import { setTimeout as delay } from 'node:timers/promises';

export interface Drainable {
  /** Settles when the pipe has ended. */
  readonly ended: Promise<unknown>;
  /** `performance.now()` of the last chunk. */
  lastData(): number;
  /** While its consumer holds it back, silence says nothing. */
  isHeldBack(): boolean;
}

/** What was written before the exit is in the pipe, and arrives at once; a pipe that is silent for so long (ms) is held by somebody else. */
const QUIET = 250;
/** Somebody else who goes on writing does not hold us for longer (ms). */
const LONGEST = 3_000;
const STEP = 25;

/** Waits, after the exit of a process, for the rest of its output: to the end of the pipe, or until what comes can no longer be its own. */
export async function drain(pipe: Drainable): Promise<void> {
  let isOpen = true;
  const ended = pipe.ended.then(() => {
    isOpen = false;
  });
  let silentSince = performance.now();
  let spent = 0;
  while (isOpen && spent < LONGEST) {
    await Promise.race([ended, delay(STEP)]);
    const now = performance.now();
    if (pipe.isHeldBack()) {
      silentSince = now;
    } else {
      spent += STEP;
      if (now - Math.max(silentSince, pipe.lastData()) > QUIET) return;
    }
  }
}
