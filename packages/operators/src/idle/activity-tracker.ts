import type { IdleTimeoutInfo } from '@codex-rx/core/errors';
import type { ThreadEvent, ThreadItem } from '@codex-rx/core/events';
import { turnEnd } from '../turn-end.js';
import { OpenKeys } from './open-keys.js';

/** Which limit applies. `resting`: none, as nothing is expected between turns. */
export type IdlePhase = IdleTimeoutInfo['phase'] | 'resting';

/** Follows a stream to tell which idle limit applies. */
export class ActivityTracker {
  readonly #isActivity: ((event: ThreadEvent) => boolean) | undefined;
  /** Keys of the open items that may rightly be silent for long. */
  readonly #running = new OpenKeys();
  #main: string | undefined;
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
    this.#main ??= event.thread_id;
    // The most frequent kinds first.
    switch (event.type) {
      case 'item.completed':
        if (!this.#running.isEmpty) this.#running.delete(this.#keyOf(event, event.item.id));
        break;
      case 'item.delta':
        break;
      case 'item.started':
        if (isLongRunning(event.item) && !isFinal(event.item)) this.#running.add(this.#keyOf(event, event.item.id));
        break;
      case 'item.updated':
        // Opens nothing: one that comes late would open for good what has completed.
        if (!this.#running.isEmpty && isLongRunning(event.item) && isFinal(event.item)) {
          this.#running.delete(this.#keyOf(event, event.item.id));
        }
        break;
      case 'error':
        return this.#noted(event, false);
      case 'turn.started':
        if (this.#isOfMain(event)) this.#isResting = false;
        break;
      case 'thread.started':
        // Another run goes on in this stream; in the middle of a turn, another thread is that of a sub-agent.
        if (this.#isResting || event.attempt !== undefined) this.#main = event.thread_id;
        this.#isResting = false;
        this.#forget(event);
        break;
      case 'item.failed':
        this.#running.delete(this.#keyOf(event, event.item_id));
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
    if (this.#isOfMain(event)) this.#isResting = true;
    return isActivity;
  }

  #isOfMain({ thread_id }: ThreadEvent): boolean {
    return thread_id === undefined || thread_id === this.#main;
  }

  /** Threads number their items alike. */
  #keyOf(event: ThreadEvent, id = ''): string {
    return this.#isOfMain(event) ? id : `${String(event.thread_id)}\n${id}`;
  }

  /** What the thread had open is no more; what its sub-agents had, neither. */
  #forget(event: ThreadEvent): void {
    this.#running.deleteAll(this.#isOfMain(event) ? '' : this.#keyOf(event));
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
