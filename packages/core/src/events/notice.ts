import type { ErrorEvent, ThreadEvent } from './events.js';
import type { ErrorItem } from './items.js';
import { type ThreadContext, threadContext } from './thread-context.js';

/** A retry notice or a warning of the CLI. It never ends a turn. */
export interface Notice extends ThreadContext {
  /** An `error` event such as `Reconnecting... 1/5`, or an item of type `error`: a warning. */
  readonly source: 'event' | 'item';
  /** The text of the CLI. */
  readonly message: string;
  /** The code of an `error` event. */
  readonly code?: string | null;
  /** Whether the CLI tries again. */
  readonly willRetry?: boolean;
  /** The id of an item of type `error`. */
  readonly itemId?: string;
}

/** Returns the notice in an event, if the event has one. */
export function noticeOf(event: ThreadEvent): Notice | undefined {
  if (event.type === 'error') return noticeOfEvent(event);
  return event.type === 'item.completed' && event.item.type === 'error' ? noticeOfItem(event.item, event) : undefined;
}

export function noticeOfEvent(event: ErrorEvent): Notice {
  const { message, code, will_retry } = event;
  return {
    source: 'event',
    message,
    ...(code !== undefined && { code }),
    ...(will_retry !== undefined && { willRetry: will_retry }),
    ...threadContext(event),
  };
}

export function noticeOfItem({ id, message }: ErrorItem, context: Parameters<typeof threadContext>[0]): Notice {
  return { source: 'item', message, itemId: id, ...threadContext(context) };
}
