import type { ThreadEvent } from '@codex-rx/core/events';

/** How a turn ends with this event, if it does. Judged by the type alone: a body that has drifted makes the event `malformed`, and is the end as well. */
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
