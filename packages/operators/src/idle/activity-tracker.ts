import type { IdleTimeoutInfo } from '@codex-rx/core/errors';
import type { ThreadEvent, ThreadItem } from '@codex-rx/core/events';
import { MainThread } from '../main-thread.js';
import { OpenKeys } from '../open-keys.js';
import { turnEnd } from '../turn-end.js';

/** Which limit applies. `resting`: none, as nothing is expected between turns. */
export type IdlePhase = IdleTimeoutInfo['phase'] | 'resting';

/** Follows a stream to tell which idle limit applies. */
export class ActivityTracker {
  readonly #isActivity: ((event: ThreadEvent) => boolean) | undefined;
  /** Keys of the open items that may rightly be silent for long. */
  readonly #running = new OpenKeys();
  readonly #main = new MainThread();
  #isActive = false;
  #isResting = false;

  /** `isActivity`: what counts as activity. Default: every event but `error` notices. */
  constructor(isActivity?: (event: ThreadEvent) => boolean) {
    this.#isActivity = isActivity;
  }

  get phase(): IdlePhase {
    if (this.#isResting) return 'resting';
    if (!this.#running.isEmpty) return 'whileRunning';
    return this.#isActive ? 'each' : 'first';
  }

  /** Takes the next event and tells whether it is activity. The phase may change with one that is not. */
  next(event: ThreadEvent): boolean {
    if (!this.#main.isKnown) this.#main.next(event);
    // The most frequent kinds first.
    switch (event.type) {
      case 'item.completed':
        if (!this.#running.isEmpty) this.#close(event, event.item.id);
        break;
      case 'item.delta':
        break;
      case 'item.started':
        if (isLongRunning(event.item) && !isFinal(event.item)) this.#open(event, event.item.id);
        break;
      case 'item.updated':
        // Opens nothing: one that comes late would open for good what has completed.
        if (!this.#running.isEmpty && isLongRunning(event.item) && isFinal(event.item)) {
          this.#close(event, event.item.id);
        }
        break;
      case 'error':
        return this.#noted(event, false);
      case 'turn.started':
        if (this.#main.has(event)) this.#isResting = false;
        break;
      case 'thread.started':
        this.#main.next(event);
        this.#isResting = false;
        this.#forget(event);
        break;
      case 'item.failed':
        this.#close(event, event.item_id);
        break;
      case 'turn.completed':
      case 'turn.failed':
      case 'malformed':
        if (turnEnd(event) !== undefined) return this.#ended(event);
        break;
      default:
        break;
    }
    return this.#noted(event);
  }

  #noted(event: ThreadEvent, byDefault = true): boolean {
    const custom = this.#isActivity;
    const isActivity = custom === undefined ? byDefault : custom(event);
    if (isActivity) {
      this.#isActive = true;
      this.#isResting = false;
    }
    return isActivity;
  }

  #ended(event: ThreadEvent): boolean {
    const isActivity = this.#noted(event);
    this.#forget(event);
    this.#main.next(event);
    if (this.#main.has(event)) this.#isResting = true;
    return isActivity;
  }

  #open(event: ThreadEvent, id: string | undefined): void {
    this.#running.add(this.#keyOf(event, id));
    this.#main.next(event);
  }

  #close(event: ThreadEvent, id: string | undefined): void {
    this.#running.delete(this.#keyOf(event, id));
    this.#main.next(event);
  }

  /** Threads number their items alike. */
  #keyOf(event: ThreadEvent, id = ''): string {
    return this.#main.has(event) ? id : `${String(event.thread_id)}\n${id}`;
  }

  /** What the thread had open is no more; what its sub-agents had, neither. */
  #forget(event: ThreadEvent): void {
    this.#running.deleteAll(this.#main.has(event) ? '' : this.#keyOf(event));
  }
}

type LongRunningItem = Extract<ThreadItem, { type: 'command_execution' | 'mcp_tool_call' | 'collab_tool_call' }>;

function isLongRunning(item: ThreadItem): item is LongRunningItem {
  return item.type === 'command_execution' || item.type === 'mcp_tool_call' || item.type === 'collab_tool_call';
}

/** A status that is not known yet is none of an item that is over. */
function isFinal({ status }: LongRunningItem): boolean {
  return status === 'completed' || status === 'failed' || status === 'declined';
}
