import type { ThreadEvent, ThreadItem, TodoListItem } from '@codex-rx/core';
import type { ThreadSnapshot } from '@codex-rx/operators';

/** An event, and what has to be known to show it. */
export interface Moment {
  /** The event. */
  readonly event: ThreadEvent;
  /** The run so far, including this event. */
  readonly snapshot: ThreadSnapshot;
  /** Milliseconds since the start of the run. */
  readonly at: number;
  /** Milliseconds from the start of the item that ended with this event. */
  readonly took: number | undefined;
  /** The plan before this event. */
  readonly planBefore: TodoListItem | undefined;
  /** Items in progress by item id, the oldest first. */
  readonly running: ReadonlyMap<string, RunningItem>;
}

/** An item in progress. */
export interface RunningItem {
  /** As of its latest event. */
  readonly item: ThreadItem;
  /** Milliseconds since the start of the run. */
  readonly since: number;
}

/** The moment after `before`. Pure. */
export function nextMoment(
  before: Moment | undefined,
  event: ThreadEvent,
  snapshot: ThreadSnapshot,
  at: number,
): Moment {
  const running = before?.running ?? new Map<string, RunningItem>();
  const ended = event.type === 'item.completed' ? running.get(event.item.id ?? '') : undefined;
  return {
    event,
    snapshot,
    at,
    took: ended === undefined ? undefined : at - ended.since,
    planBefore: before?.snapshot.todos,
    running: nextRunning(running, event, at),
  };
}

function nextRunning(running: Moment['running'], event: ThreadEvent, at: number): Moment['running'] {
  switch (event.type) {
    case 'item.started':
    case 'item.updated': {
      const { item } = event;
      if (item.id === undefined || item.type === 'todo_list') return running;
      return new Map([...running, [item.id, { item, since: running.get(item.id)?.since ?? at }]]);
    }
    case 'item.delta': {
      const open = running.get(event.item_id);
      const { text_delta: text } = event.delta as { readonly text_delta?: string };
      if (open === undefined || text === undefined || !('text' in open.item)) return running;
      const item = { ...open.item, text: `${open.item.text}${text}` };
      return new Map([...running, [event.item_id, { ...open, item }]]);
    }
    case 'item.completed':
      return new Map([...running].filter(([id]) => id !== event.item.id));
    case 'turn.completed':
    case 'turn.failed':
      return new Map();
    default:
      return running;
  }
}
