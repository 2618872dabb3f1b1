import type { ThreadEvent, Usage } from '../events.js';
import { followUsage, type UsageReport, type UsageState, usageState } from './follow-usage.js';

/** Tracks the tokens of the threads of a stream, or of several streams of a thread one after the other. */
export class UsageTracker {
  #state: UsageState;

  constructor(state: UsageState = usageState()) {
    this.#state = state;
  }

  static from(baseline: Usage | undefined): UsageTracker {
    return new UsageTracker(usageState(baseline));
  }

  /** Takes the next event. Returns the usage that it reports, if any. */
  next(event: ThreadEvent): UsageReport | undefined {
    const [state, report] = followUsage(this.#state, event);
    this.#state = state;
    return report;
  }

  /** Returns an independent tracker with the same threads. */
  copy(): UsageTracker {
    return new UsageTracker({ ...this.#state, threads: new Map(this.#state.threads) });
  }
}
