import type { ErrorEvent, ThreadEvent } from '@codex-rx/core/events';
import { noticeOfEvent } from '../notice.js';
import { turnEnd } from '../turn-end.js';
import { itemFailed, itemGrew, itemTold } from './items.js';
import { draftOf, type StatefulSnapshot } from './state.js';
import { threadStarted } from './threads.js';
import { TurnList } from './turn-list.js';
import { turnEnded, turnStarted } from './turns.js';
import type { ThreadSnapshot } from './types.js';

/**
 * What is known after one more event: the pure function under `snapshots()`.
 *
 * Begin with `emptySnapshot`, or go on from any snapshot that this function returned. The snapshot that is given stays as it is; it is
 * returned itself if the event changes nothing. Throws a `TypeError` for a snapshot that was built or parsed by other means.
 *
 * @example
 * ```ts
 * import { emptySnapshot, reduceSnapshot } from '@codex-rx/operators';
 *
 * const snapshot = reduceSnapshot(emptySnapshot, { type: 'thread.started', thread_id: 't1' });
 * console.log(snapshot.thread_id, snapshot.status); // 't1' 'pending'
 * ```
 */
export function reduceSnapshot(snapshot: ThreadSnapshot, event: ThreadEvent): ThreadSnapshot {
  if (!isStateful(snapshot)) {
    throw new TypeError(
      'Not a snapshot to go on from: begin with emptySnapshot, or with one that reduceSnapshot() or snapshots() gave.',
    );
  }
  // The most frequent kinds first.
  switch (event.type) {
    case 'item.completed':
      return itemTold(snapshot, event, 'completed');
    case 'item.delta':
      return itemGrew(snapshot, event);
    case 'item.started':
    case 'item.updated':
      return itemTold(snapshot, event, 'in_progress');
    case 'thread.started':
      return threadStarted(snapshot, event);
    case 'turn.started':
      return turnStarted(snapshot, event);
    case 'turn.completed':
      return turnEnded(snapshot, event, 'completed');
    case 'turn.failed':
      return turnEnded(snapshot, event, 'failed');
    case 'item.failed':
      return itemFailed(snapshot, event);
    case 'error':
      return noted(snapshot, event);
    case 'malformed': {
      const end = turnEnd(event);
      return end === undefined ? snapshot : turnEnded(snapshot, event, end);
    }
    default:
      return snapshot;
  }
}

function isStateful(snapshot: ThreadSnapshot): snapshot is StatefulSnapshot {
  return snapshot.turns instanceof TurnList;
}

function noted(snapshot: StatefulSnapshot, event: ErrorEvent): StatefulSnapshot {
  const next = draftOf(snapshot);
  next.notices = snapshot.notices.push(noticeOfEvent(event));
  return next;
}
