import type { EventContext } from '@codex-rx/core/events';
import { draftOf, type SnapshotDraft, type StatefulSnapshot } from './state.js';
import { newCursor, type ThreadCursor, Threads, type ThreadsState } from './threads-state.js';
import { TurnList } from './turn-list.js';

/** The threads while one event is applied to them. Its fields are replaced; what they hold is immutable. */
export interface ThreadsDraft {
  turns: ThreadsState['turns'];
  main: ThreadCursor;
  others: ThreadsState['others'];
  ended: number;
  /** How many items there are. */
  readonly end: number;
}

export function draftThreads({ turns: { threads }, items }: StatefulSnapshot): ThreadsDraft {
  const { turns, main, others, ended } = threads;
  return { turns, main, others, ended, end: items.length };
}

/** A copy of the snapshot, to be changed, with the threads as they are in the draft. */
export function withThreads(snapshot: StatefulSnapshot, draft: ThreadsDraft): SnapshotDraft {
  const next = draftOf(snapshot);
  next.threadId = draft.main.thread_id;
  next.turns = new TurnList(new Threads(draft), snapshot.items.log);
  return next;
}

/** The threads of the draft; those of the snapshot, if it changes nothing. */
export function threadsOf({ turns: { threads } }: StatefulSnapshot, draft: ThreadsDraft): Threads {
  const { turns, main, others } = draft;
  return turns === threads.turns && main === threads.main && others === threads.others ? threads : new Threads(draft);
}

/** The cursor of the thread that an event is about: the main one if it names none, a new one for a new thread. */
export function cursorFor(draft: ThreadsDraft, { thread_id }: EventContext): ThreadCursor {
  const { main } = draft;
  if (thread_id === undefined || thread_id === main.thread_id) return main;
  if (main.thread_id === undefined) {
    const outside = { ...main.outside, threadId: thread_id };
    return replaced(draft, main, { ...main, thread_id, outside, current: main.turn < 0 ? outside : main.current });
  }
  const known = draft.others.get(thread_id);
  if (known !== undefined) return known;
  const cursor = newCursor(thread_id, draft.turns.length, draft.end);
  draft.others = new Map(draft.others).set(thread_id, cursor);
  return cursor;
}

/** Puts a cursor in the place of another one of the same thread, and returns it. */
export function replaced(draft: ThreadsDraft, before: ThreadCursor, after: ThreadCursor): ThreadCursor {
  if (before === draft.main) draft.main = after;
  else if (after.thread_id !== undefined) draft.others = new Map(draft.others).set(after.thread_id, after);
  return after;
}
