import type { EventContext, ThreadStartedEvent } from '../events.js';
import { isResumedOrForked } from '../resumed-or-forked.js';
import { freshMeter, newProcess, startMeter, type UsageMeter, withoutReading } from '../usage/usage-meter.js';
import { NO_THREADS, type ThreadRecord } from './records.js';
import { mainThread, type SnapshotDraft, setTurn } from './state.js';

/** A process started or resumed the thread. */
export function startThread(draft: SnapshotDraft, event: ThreadStartedEvent): boolean {
  const main = mainThread(draft);
  const thread = main.threadId === undefined ? main : findThread(draft, event);
  const { attempt = 0 } = event;
  const isUntouched = thread.turn < 0 && thread.firstItem === draft.items.length;
  // Some sources report the start twice.
  if (thread.hasStarted && isUntouched && attempt === thread.attempt) return false;
  const isNew = !thread.hasStarted && isUntouched;
  const becomesMain = thread !== main && !startsSubAgent(draft, event);
  const meter = isNew ? startMeter(event, originOf(draft, event)?.meter) : newProcess(meterAfterInterrupt(thread));
  interruptTurns(draft, thread);
  const started: ThreadRecord = {
    ...newThread(draft, thread.index, event.thread_id),
    hasStarted: true,
    run: isNew ? thread.run : thread.run + 1,
    attempt,
    meter,
  };
  setThread(draft, started);
  if (becomesMain) {
    interruptAll(draft, main);
    draft.main = started.index;
    draft.todos = undefined;
    draft.usage = { total: meter.total, turn: undefined };
  }
  if (draft.main === started.index) {
    draft.attempt = attempt;
    draft.status = 'pending';
    draft.error = undefined;
  }
  return true;
}

/**
 * Returns whether the thread belongs to a sub-agent: the main thread is calling for one. Otherwise the main thread is
 * over, even if its turn has not ended: logs are appended to, and runs are killed.
 */
function startsSubAgent(draft: SnapshotDraft, event: ThreadStartedEvent): boolean {
  const { openCount, turn } = mainThread(draft);
  return !isResumedOrForked(event) && openCount > 0 && draft.turns.get(turn).subAgentCalls > 0;
}

/** Returns the thread that a thread was forked from, if the stream has it. */
function originOf(draft: SnapshotDraft, { forked_from }: ThreadStartedEvent): ThreadRecord | undefined {
  const index = forked_from === undefined ? -1 : draft.threads.find(forked_from, 0, () => true);
  return index < 0 ? undefined : draft.threads.get(index);
}

/** Returns the thread of an event: the main thread if the event does not name one. Adds an unknown thread. */
export function findThread(draft: SnapshotDraft, { thread_id }: EventContext): ThreadRecord {
  const main = mainThread(draft);
  if (thread_id === undefined || thread_id === main.threadId) return main;
  if (main.threadId === undefined) return setThread(draft, { ...main, threadId: thread_id });
  const index = draft.threads.find(thread_id, 0, () => true);
  if (index >= 0) return draft.threads.get(index);
  const thread = newThread(draft, draft.threads.length, thread_id);
  draft.threads = draft.threads.push(thread);
  return thread;
}

function newThread({ turns, items }: SnapshotDraft, index: number, threadId: string): ThreadRecord {
  return {
    index,
    threadId,
    hasStarted: false,
    run: 0,
    attempt: 0,
    firstTurn: turns.length,
    turn: -1,
    openTurns: undefined,
    openCount: 0,
    firstItem: items.length,
    openFrom: items.length,
    meter: freshMeter,
  };
}

export function setThread(draft: SnapshotDraft, thread: ThreadRecord): ThreadRecord {
  const { index, threadId } = thread;
  const isRenamed = draft.threads.get(index).threadId !== threadId;
  // Only the first thread can be without an id, and only while it is the only one.
  draft.threads = isRenamed ? NO_THREADS.push(thread) : draft.threads.set(index, thread);
  return thread;
}

/**
 * Interrupts the turns in progress because the thread continues with another turn, or the stream with another thread.
 */
export function interruptAll(draft: SnapshotDraft, thread: ThreadRecord): ThreadRecord {
  if (thread.openCount === 0) return thread;
  interruptTurns(draft, thread);
  return setThread(draft, { ...thread, openTurns: undefined, openCount: 0, meter: meterAfterInterrupt(thread) });
}

/** Interrupts the turns in progress. The caller replaces the thread. */
export function interruptTurns(draft: SnapshotDraft, thread: ThreadRecord): void {
  for (let open = thread.openTurns; open !== undefined; open = open.next) {
    if (isInProgress(draft, open.turn)) setTurn(draft, open.turn, { status: 'interrupted' });
  }
}

export function isInProgress({ turns }: SnapshotDraft, turn: number): boolean {
  return turns.get(turn).snapshot.status === 'in_progress';
}

function meterAfterInterrupt({ openCount, meter }: ThreadRecord): UsageMeter {
  return openCount > 0 ? withoutReading(meter) : meter;
}
