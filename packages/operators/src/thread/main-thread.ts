import {
  type EventContext,
  type ItemCompletedEvent,
  type ItemStartedEvent,
  type ItemUpdatedEvent,
  isResumedOrForked,
  type ThreadEvent,
  terminalTypeOf,
} from '@codex-rx/core/events';

/**
 * Tracks the main thread of a stream: the thread that started last, unless it started while the main thread had an
 * open call for a sub-agent. An open turn does not count: logs are appended to, and runs are killed in the middle of
 * a turn.
 */
export class MainThread {
  #id: string | undefined;
  /** Ids of the open calls for sub-agents of its turn. */
  readonly #calls = new Set<string>();

  /** Whether an event belongs to the main thread. An event without a thread does. */
  has({ thread_id }: EventContext): boolean {
    return thread_id === undefined || thread_id === this.#id;
  }

  /** Takes the next event. */
  next(event: ThreadEvent): void {
    this.#id ??= event.thread_id;
    switch (event.type) {
      case 'thread.started':
        if (!this.has(event) && !isResumedOrForked(event) && this.#calls.size > 0) return;
        this.#id = event.thread_id;
        this.#calls.clear();
        break;
      case 'item.started':
      case 'item.updated':
      case 'item.completed':
        this.#nextItem(event);
        break;
      case 'item.failed':
        if (this.has(event)) this.#calls.delete(event.item_id);
        break;
      default:
        if (terminalTypeOf(event) !== undefined && this.has(event)) this.#calls.clear();
    }
  }

  #nextItem(event: ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent): void {
    const { type, item } = event;
    if (item.type !== 'collab_tool_call' || !this.has(event)) return;
    const { id, status } = item;
    if (type === 'item.completed' || status === 'completed' || status === 'failed') this.#calls.delete(id);
    // A late update must not reopen a completed call.
    else if (type === 'item.started') this.#calls.add(id);
  }
}
