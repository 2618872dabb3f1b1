import type { IdleTimeoutInfo } from '@codex-rx/core/errors';
import { type ThreadEvent, type ThreadItem, terminalTypeOf } from '@codex-rx/core/events';
import { MainThread } from '../thread/main-thread.js';

/** The limit that applies. `resting`: no limit, as nothing is expected between turns. */
export type IdlePhase = IdleTimeoutInfo['phase'] | 'resting';

/** Tracks which idle limit applies to a stream. */
export class ActivityTracker {
  readonly #isActivity: ((event: ThreadEvent) => boolean) | undefined;
  /** Keys of the open items that may be silent for long. */
  readonly #running = new Set<string>();
  readonly #main = new MainThread();
  #isActive = false;
  #isResting = false;

  /** @param isActivity Whether an event counts as activity. Default: every event except `error` notices. */
  constructor(isActivity?: (event: ThreadEvent) => boolean) {
    this.#isActivity = isActivity;
  }

  get phase(): IdlePhase {
    if (this.#isResting) return 'resting';
    if (this.#running.size > 0) return 'whileRunning';
    return this.#isActive ? 'each' : 'first';
  }

  /** Takes the next event and returns whether it is activity. An event that is not may change the phase, too. */
  next(event: ThreadEvent): boolean {
    this.#main.next(event);
    switch (event.type) {
      case 'item.completed':
        this.#running.delete(this.#keyOf(event, event.item.id));
        break;
      case 'item.started':
        if (isLongRunning(event.item) && !isFinal(event.item)) this.#running.add(this.#keyOf(event, event.item.id));
        break;
      case 'item.updated':
        // Only closes: a late update must not reopen a completed item.
        if (isLongRunning(event.item) && isFinal(event.item)) this.#running.delete(this.#keyOf(event, event.item.id));
        break;
      case 'error':
        return this.#note(event, false);
      case 'turn.started':
        if (this.#main.has(event)) this.#isResting = false;
        break;
      case 'thread.started':
        this.#isResting = false;
        this.#closeAll(event);
        break;
      case 'item.failed':
        this.#running.delete(this.#keyOf(event, event.item_id));
        break;
      default:
        if (terminalTypeOf(event) !== undefined) return this.#endTurn(event);
    }
    return this.#note(event);
  }

  #note(event: ThreadEvent, byDefault = true): boolean {
    const custom = this.#isActivity;
    const isActivity = custom === undefined ? byDefault : custom(event);
    if (isActivity) {
      this.#isActive = true;
      this.#isResting = false;
    }
    return isActivity;
  }

  #endTurn(event: ThreadEvent): boolean {
    const isActivity = this.#note(event);
    this.#closeAll(event);
    if (this.#main.has(event)) this.#isResting = true;
    return isActivity;
  }

  /** Item ids are unique within a thread only. */
  #keyOf(event: ThreadEvent, id = ''): string {
    return this.#main.has(event) ? id : `${String(event.thread_id)}\n${id}`;
  }

  /** Closes the items of a thread; for the main thread, those of its sub-agents, too. */
  #closeAll(event: ThreadEvent): void {
    const prefix = this.#main.has(event) ? '' : this.#keyOf(event);
    for (const key of this.#running) if (key.startsWith(prefix)) this.#running.delete(key);
  }
}

type LongRunningItem = Extract<ThreadItem, { type: 'command_execution' | 'mcp_tool_call' | 'collab_tool_call' }>;

function isLongRunning(item: ThreadItem): item is LongRunningItem {
  return item.type === 'command_execution' || item.type === 'mcp_tool_call' || item.type === 'collab_tool_call';
}

/** An unknown status counts as not final. */
function isFinal({ status }: LongRunningItem): boolean {
  return status === 'completed' || status === 'failed' || status === 'declined';
}
