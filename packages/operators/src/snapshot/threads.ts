import type { ThreadStartedEvent } from '@codex-rx/core/events';
import { freshMeter, meterFrom, newProcess, type UsageMeter, withoutReading } from '../usage/usage-meter.js';
import type { StatefulSnapshot } from './state.js';
import { cursorFor, draftThreads, replaced, type ThreadsDraft, withThreads } from './threads-draft.js';
import { newCursor, type ThreadCursor } from './threads-state.js';
import { interrupt } from './turns.js';

/** A process has started the thread, or gone on with it. */
export function threadStarted(snapshot: StatefulSnapshot, event: ThreadStartedEvent): StatefulSnapshot {
  const draft = draftThreads(snapshot);
  const { main } = draft;
  const cursor = main.thread_id === undefined ? main : cursorFor(draft, event);
  const isUntouched = cursor.turn < 0 && cursor.firstItem === draft.end;
  const { attempt = 0 } = event;
  // Some sources tell the start twice.
  if (cursor.started && isUntouched && attempt === cursor.attempt) return snapshot;
  const isNew = !cursor.started && isUntouched;
  const becomesMain = cursor !== main && isMain(main, event);
  const next = newCursor(event.thread_id, draft.turns.length, draft.end, {
    started: true,
    run: isNew ? cursor.run : cursor.run + 1,
    attempt,
    meter: isNew
      ? firstMeter(draft, event)
      : newProcess(cursor.open.length > 0 ? withoutReading(cursor.meter) : cursor.meter),
  });
  interrupt(draft, cursor.open);
  replaced(draft, cursor, next);
  if (becomesMain) {
    draft.others = withoutMain(draft, next);
    draft.main = next;
  }
  const shown = withThreads(snapshot, draft);
  if (draft.main !== next) return shown;
  shown.thread_id = next.thread_id;
  shown.attempt = next.attempt;
  shown.status = 'pending';
  shown.error = undefined;
  if (becomesMain) {
    shown.plan = undefined;
    shown.usage = { total: next.meter.total, turn: undefined };
  }
  return shown;
}

function isMain(main: ThreadCursor, event: ThreadStartedEvent): boolean {
  const isJoined = event.attempt !== undefined || event.resumed === true || event.forked_from !== undefined;
  return isJoined || main.open.length === 0;
}

/** The other threads, when one of them becomes the main one. */
function withoutMain(draft: ThreadsDraft, main: ThreadCursor): ThreadsDraft['others'] {
  const others = new Map(draft.others);
  if (draft.main.thread_id !== undefined) others.set(draft.main.thread_id, draft.main);
  if (main.thread_id !== undefined) others.delete(main.thread_id);
  return others;
}

function firstMeter(draft: ThreadsDraft, event: ThreadStartedEvent): UsageMeter {
  if (event.forked_from !== undefined) {
    const origin = draft.main.thread_id === event.forked_from ? draft.main : draft.others.get(event.forked_from);
    return origin?.meter.exact === true ? meterFrom(origin.meter.total) : meterFrom(undefined);
  }
  return event.resumed === true ? meterFrom(undefined) : freshMeter;
}
