import type { ErrorEvent, ErrorItem, EventContext, ThreadEvent } from '@codex-rx/core/events';
import type { Notice } from './snapshot/types.js';

interface Context {
  readonly thread_id?: string | undefined;
  readonly turn_id?: string | undefined;
}

/** The notice that an event is, if it is one. */
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
    ...(will_retry !== undefined && { will_retry }),
    ...contextOf(event),
  };
}

export function noticeOfItem(item: ErrorItem, context: Context): Notice {
  return { source: 'item', message: item.message, item_id: item.id, ...contextOf(context) };
}

function contextOf({ thread_id, turn_id }: Context): EventContext {
  return { ...(thread_id !== undefined && { thread_id }), ...(turn_id !== undefined && { turn_id }) };
}
