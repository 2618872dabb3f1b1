import type { ErrorEvent, ErrorItem, ThreadEvent } from '@codex-rx/core/events';
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
  const { code, will_retry } = event;
  const notice: Draft<Notice> = { source: 'event', message: event.message };
  if (code !== undefined) notice.code = code;
  if (will_retry !== undefined) notice.willRetry = will_retry;
  return inContext(notice, event);
}

export function noticeOfItem(item: ErrorItem, context: Context): Notice {
  return inContext({ source: 'item', message: item.message, itemId: item.id }, context);
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

function inContext(notice: Draft<Notice>, { thread_id, turn_id }: Context): Notice {
  if (thread_id !== undefined) notice.threadId = thread_id;
  if (turn_id !== undefined) notice.turnId = turn_id;
  return notice;
}
