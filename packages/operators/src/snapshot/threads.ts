import type { ThreadStartedEvent } from '@codex-rx/core/events';
import { isOwnRun } from '../own-run.js';
import { freshMeter, meterFrom, newProcess, type UsageMeter, withoutReading } from '../usage/usage-meter.js';
import { hasOpenItem } from './item-log.js';
import type { StatefulSnapshot } from './state.js';
import { cursorFor, draftThreads, replaced, type ThreadsDraft, withThreads } from './threads-draft.js';
import { newCursor, type ThreadCursor } from './threads-state.js';
import { interrupt, interruptedAll } from './turns.js';

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
  const becomesMain = cursor !== main && !isSubAgent(snapshot, event);
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
    draft.others = withoutMain(draft, interruptedAll(draft, main), next);
    draft.main = next;
  }
  const shown = withThreads(snapshot, draft);
  if (draft.main !== next) return shown;
  shown.attempt = next.attempt;
  shown.status = 'pending';
  shown.error = undefined;
  if (becomesMain) {
    shown.todos = undefined;
    shown.usage = { total: next.meter.total, turn: undefined };
  }
  return shown;
}

/**
 * Whether another thread is that of a sub-agent: it starts while the main one calls for one. Else the main one is over, although its turn may
 * not have ended: logs are appended to, and runs get killed.
 */
function isSubAgent({ items: { log }, turns: { threads } }: StatefulSnapshot, event: ThreadStartedEvent): boolean {
  if (isOwnRun(event)) return false;
  const { open, turn } = threads.main;
  return open.length > 0 && hasOpenItem(log, turn, 'collab_tool_call');
}

/** The other threads, when one of them becomes the main one in the place of `before`. */
function withoutMain(draft: ThreadsDraft, before: ThreadCursor, main: ThreadCursor): ThreadsDraft['others'] {
  const others = new Map(draft.others);
  if (before.thread_id !== undefined) others.set(before.thread_id, before);
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
