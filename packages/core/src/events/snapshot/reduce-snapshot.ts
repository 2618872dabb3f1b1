import { terminalTypeOf } from '../accessors.js';
import type { ThreadEvent } from '../events.js';
import { noticeOfEvent } from '../notice.js';
import { failItem, receiveDelta, receiveItem } from './items.js';
import { TurnList } from './lists.js';
import { fromDraft, type SnapshotDraft, type StatefulSnapshot, toDraft } from './state.js';
import { startThread } from './threads.js';
import { endTurn, startTurn } from './turns.js';
import type { ThreadSnapshot } from './types.js';

/**
 * Returns the snapshot after one more event: the pure function of `snapshots()`.
 *
 * Start with `emptySnapshot`, or continue from any snapshot that this function returned. The given snapshot does not
 * change. The cost of an event does not depend on the number of events before it.
 *
 * @example
 * ```ts
 * import { emptySnapshot, reduceSnapshot } from '@codex-rx/operators';
 *
 * const snapshot = reduceSnapshot(emptySnapshot, { type: 'thread.started', thread_id: 't1' });
 * console.log(snapshot.threadId, snapshot.status); // 't1' 'pending'
 * ```
 *
 * @param snapshot The snapshot before the event.
 * @param event The event.
 * @returns The snapshot after the event, or the same object if the event changes nothing.
 * @throws A `TypeError` for a snapshot that was not returned by `reduceSnapshot()` or emitted by `snapshots()`.
 */
export function reduceSnapshot(snapshot: ThreadSnapshot, event: ThreadEvent): ThreadSnapshot {
  if (!isStateful(snapshot)) {
    throw new TypeError(
      'The snapshot must be emptySnapshot, or come from reduceSnapshot() or snapshots(). A copy or parsed JSON lacks the state that the next event needs.',
    );
  }
  const draft = toDraft(snapshot);
  return applyEvent(draft, event) ? fromDraft(draft, snapshot) : snapshot;
}

function isStateful(snapshot: ThreadSnapshot): snapshot is StatefulSnapshot {
  return snapshot.turns instanceof TurnList;
}

/** Returns whether the event changes anything. If not, the draft must be discarded. */
function applyEvent(draft: SnapshotDraft, event: ThreadEvent): boolean {
  switch (event.type) {
    case 'thread.started':
      return startThread(draft, event);
    case 'turn.started':
      return startTurn(draft, event);
    case 'turn.completed':
      return endTurn(draft, event, 'completed');
    case 'turn.failed':
      return endTurn(draft, event, 'failed');
    case 'item.started':
    case 'item.updated':
      return receiveItem(draft, event, 'in_progress');
    case 'item.completed':
      return receiveItem(draft, event, 'completed');
    case 'item.delta':
      return receiveDelta(draft, event);
    case 'item.failed':
      return failItem(draft, event);
    case 'error':
      draft.notices = draft.notices.push(noticeOfEvent(event));
      return true;
    case 'malformed': {
      const end = terminalTypeOf(event);
      return end !== undefined && endTurn(draft, event, end === 'turn.completed' ? 'completed' : 'failed');
    }
    default:
      return false;
  }
}
