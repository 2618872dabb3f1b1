import type { ErrorEvent, ErrorItem } from '@codex-rx/core/events';
import type { Notice } from './snapshot/types.js';

export function noticeOfEvent(event: ErrorEvent): Notice {
  const { message, code, will_retry, thread_id, turn_id } = event;
  return {
    source: 'event',
    message,
    ...(code !== undefined && { code }),
    ...(will_retry !== undefined && { will_retry }),
    ...(thread_id !== undefined && { thread_id }),
    ...(turn_id !== undefined && { turn_id }),
  };
}

export function noticeOfItem(item: ErrorItem, thread_id: string | undefined, turn_id: string | undefined): Notice {
  return {
    source: 'item',
    message: item.message,
    item_id: item.id,
    ...(thread_id !== undefined && { thread_id }),
    ...(turn_id !== undefined && { turn_id }),
  };
}
