import type { IdleTimeoutInfo } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';

/** Follows a stream to tell which idle limit applies. */
export class ActivityTracker {
  /** Ids of the open items that may rightly be silent for long. */
  readonly #running = new Set<string>();
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
    if (isActivity) {
      this.#isActive = true;
      this.#isResting = false;
    }
    switch (event.type) {
      case 'item.completed':
        if (this.#running.size > 0) this.#running.delete(event.item.id ?? '');
        break;
      case 'item.started':
      case 'item.updated':
        if (isLongRunning(event.item.type)) this.#running.add(event.item.id ?? '');
        break;
      case 'thread.started':
        this.#running.clear();
        break;
      case 'item.failed':
        this.#running.delete(event.item_id);
        break;
      case 'turn.completed':
      case 'turn.failed':
        this.#running.clear();
        this.#isResting = true;
        break;
      default:
        break;
    }
  }
}

function isLongRunning(type: string): boolean {
  return type === 'command_execution' || type === 'mcp_tool_call' || type === 'collab_tool_call';
}
