import { asyncScheduler } from 'rxjs';
import type { ThreadEvent } from '../events.js';
import { messageTracker } from '../messages/message-tracker.js';
import { reduceSnapshot } from '../snapshot/reduce-snapshot.js';
import { emptySnapshot } from '../snapshot/state.js';
import type { ThreadSnapshot } from '../snapshot/types.js';
import type { UsageReport } from '../usage/follow-usage.js';
import type { UsageTracker } from '../usage/usage-tracker.js';
import type { TurnResult } from './types.js';

/** Collects the result of the first turn of a stream that completes. */
export class TurnCollector {
  readonly #usage: UsageTracker;
  readonly #startedAt = asyncScheduler.now();
  readonly #track = messageTracker();
  #snapshot: ThreadSnapshot = emptySnapshot;
  #report: UsageReport | undefined;
  #result: TurnResult | undefined;

  constructor(usage: UsageTracker) {
    this.#usage = usage;
  }

  get isComplete(): boolean {
    return this.#result !== undefined;
  }

  /** Takes the next event. Returns the result if the turn completes with it. */
  next(event: ThreadEvent): TurnResult | undefined {
    if (this.isComplete) return undefined;
    const { answer } = this.#track(event);
    this.#report = this.#usage.next(event) ?? this.#report;
    this.#snapshot = reduceSnapshot(this.#snapshot, event);
    if (this.#snapshot.status !== 'completed') return undefined;
    this.#result = this.#collect(answer);
    return this.#result;
  }

  /** Returns the result of the completed turn, otherwise what is known so far. */
  result(): TurnResult {
    return this.#result ?? this.#collect();
  }

  #collect(answer?: string): TurnResult {
    const snapshot = this.#snapshot;
    const { threadId, status, todos, commands, files, notices, messages } = snapshot;
    return {
      text: answer ?? messages.at(-1)?.text ?? '',
      threadId,
      status: status === 'in_progress' ? 'interrupted' : status,
      usage: this.#report?.total ?? snapshot.usage.total,
      turnUsage: this.#report?.turn,
      durationMs: Math.max(0, asyncScheduler.now() - this.#startedAt),
      commands: commands.toArray(),
      files: files.toArray(),
      todos,
      notices: notices.toArray(),
      snapshot,
    };
  }
}
