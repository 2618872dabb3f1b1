import type { IdleTimeoutInfo } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { turnEnd } from '../turn-end.js';

/** Follows a stream to tell which idle limit applies. */
export class ActivityTracker {
  /** Keys of the open items that may rightly be silent for long. */
  readonly #running = new Set<string>();
  #main: string | undefined;
  #isActive = false;
  #isResting = false;

  get phase(): IdleTimeoutInfo['phase'] {
    if (!this.#isActive) return 'first';
    return this.#running.size > 0 ? 'whileRunning' : 'each';
  }

  /** Between turns nothing is expected. */
  get isResting(): boolean {
    return this.#isResting;
  }

  next(event: ThreadEvent, isActivity: boolean): void {
    if (this.#main === undefined || this.#isNewRun(event)) this.#main = event.thread_id;
    if (isActivity) {
      this.#isActive = true;
      this.#isResting = false;
    }
    switch (event.type) {
      case 'item.completed':
        if (this.#running.size > 0) this.#running.delete(this.#keyOf(event, event.item.id));
        break;
      case 'item.started':
      case 'item.updated':
        if (isLongRunning(event.item.type)) this.#running.add(this.#keyOf(event, event.item.id));
        break;
      case 'thread.started':
        this.#forget(event);
        break;
      case 'item.failed':
        this.#running.delete(this.#keyOf(event, event.item_id));
        break;
      case 'turn.completed':
      case 'turn.failed':
      case 'malformed':
        if (turnEnd(event) === undefined) break;
        this.#forget(event);
        if (this.#isOfMain(event)) this.#isResting = true;
        break;
      default:
        break;
    }
  }

  /** Another run goes on in this stream; in the middle of a turn, another thread is that of a sub-agent. */
  #isNewRun(event: ThreadEvent): boolean {
    return event.type === 'thread.started' && (this.#isResting || event.attempt !== undefined);
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
    if (this.#isOfMain(event)) {
      this.#running.clear();
      return;
    }
    const prefix = this.#keyOf(event);
    for (const key of this.#running) if (key.startsWith(prefix)) this.#running.delete(key);
  }
}

function isLongRunning(type: string): boolean {
  return type === 'command_execution' || type === 'mcp_tool_call' || type === 'collab_tool_call';
}
