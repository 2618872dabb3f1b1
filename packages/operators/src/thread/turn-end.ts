import type { ThreadEvent } from '@codex-rx/core/events';

/**
 * Returns how a turn ends with this event, or `undefined` if it does not. Only the type counts: an end with an
 * unexpected body is decoded as `malformed`, and is an end all the same.
 */
export function turnEnd(event: ThreadEvent): 'completed' | 'failed' | undefined {
  switch (event.type === 'malformed' ? event.event_type : event.type) {
    case 'turn.completed':
      return 'completed';
    case 'turn.failed':
      return 'failed';
    default:
      return undefined;
  }
}
