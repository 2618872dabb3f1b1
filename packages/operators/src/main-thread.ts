import type {
  EventContext,
  ItemCompletedEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
  ThreadEvent,
  ThreadStartedEvent,
} from '@codex-rx/core/events';
import { OpenKeys } from './open-keys.js';
import { isOwnRun } from './own-run.js';
import { turnEnd } from './turn-end.js';

/**
 * Which thread of a stream is the main one: the one that started last, except that a thread which starts while that one calls for a
 * sub-agent is the sub-agent's. A turn that is open says nothing: logs are appended to, and runs get killed.
 */
export class MainThread {
  #id: string | undefined;
  /** Calls of its turn for sub-agents that have not ended. */
  readonly #calls = new OpenKeys();

  get isKnown(): boolean {
    return this.#id !== undefined;
  }

  /** Whether an event is about it; one that names no thread is. */
  has({ thread_id }: EventContext): boolean {
    return thread_id === undefined || thread_id === this.#id;
  }

  /** Takes the next event. Once the thread is known, it need be told only of threads that start, turns that end, and calls for sub-agents. */
  next(event: ThreadEvent): void {
    this.#id ??= event.thread_id;
    switch (event.type) {
      case 'thread.started':
        if (this.has(event) || isOwnRun(event) || this.#calls.isEmpty) this.#startWith(event);
        break;
      case 'item.started':
      case 'item.updated':
      case 'item.completed':
        this.#follow(event);
        break;
      case 'item.failed':
        if (this.has(event)) this.#calls.delete(event.item_id);
        break;
      default:
        if (turnEnd(event) !== undefined && this.has(event)) this.#calls.deleteAll('');
    }
  }

  #startWith({ thread_id }: ThreadStartedEvent): void {
    this.#id = thread_id;
    this.#calls.deleteAll('');
  }

  #follow(event: ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent): void {
    const { type, item } = event;
    if (item.type !== 'collab_tool_call' || !this.has(event)) return;
    const { id, status } = item;
    if (type === 'item.completed' || status === 'completed' || status === 'failed') this.#calls.delete(id);
    // An update opens nothing: one that comes late would open for good what has completed.
    else if (type === 'item.started') this.#calls.add(id);
  }
}
