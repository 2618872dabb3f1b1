import type { ThreadStartedEvent } from '@codex-rx/core/events';
import { freshMeter, meterFrom, newProcess, type UsageMeter, withoutReading } from '../usage/usage-meter.js';
import {
  draftOfState,
  located,
  newCursor,
  type ReducerState,
  type StatefulSnapshot,
  stateOf,
  withCursor,
} from './state.js';
import type { ThreadCursor } from './threads-state.js';
import { interrupted, withState } from './turns.js';

/** A process has started the thread, or gone on with it. */
export function threadStarted(snapshot: StatefulSnapshot, event: ThreadStartedEvent): StatefulSnapshot {
  const [state, cursor] = located(stateOf(snapshot), event);
  if (isRepeated(state, cursor, event)) return snapshot;
  const isNew = !cursor.started && cursor.turn < 0 && cursor.firstItem === state.items.length;
  const turns = interrupted(state, state.turns, cursor.open);
  const next: ThreadCursor = {
    ...newCursor(
      event.thread_id,
      turns.length,
      state.items.length,
      isNew ? cursor.run : cursor.run + 1,
      event.attempt ?? 0,
    ),
    started: true,
    meter: isNew
      ? firstMeter(state, event)
      : newProcess(cursor.open.length > 0 ? withoutReading(cursor.meter) : cursor.meter),
  };
  const becomesMain = cursor !== state.main && isMain(state, event);
  const after = draftOfState(withCursor(state, cursor, next));
  after.turns = turns;
  if (becomesMain) {
    after.others = withoutMain(after, next);
    after.main = next;
  }
  const shown = withState(snapshot, after);
  if (after.main !== next) return shown;
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

/** Some sources tell the start twice. */
function isRepeated(state: ReducerState, cursor: ThreadCursor, event: ThreadStartedEvent): boolean {
  return (
    cursor.started &&
    cursor.turn < 0 &&
    cursor.firstItem === state.items.length &&
    (event.attempt ?? 0) === cursor.attempt
  );
}

function isMain(state: ReducerState, event: ThreadStartedEvent): boolean {
  const isJoined = event.attempt !== undefined || event.resumed === true || event.forked_from !== undefined;
  return isJoined || state.main.open.length === 0;
}

/** The other threads, when one of them becomes the main one. */
function withoutMain(state: ReducerState, main: ThreadCursor): ReducerState['others'] {
  const others = new Map(state.others);
  if (state.main.thread_id !== undefined) others.set(state.main.thread_id, state.main);
  if (main.thread_id !== undefined) others.delete(main.thread_id);
  return others;
}

function firstMeter(state: ReducerState, event: ThreadStartedEvent): UsageMeter {
  if (event.forked_from !== undefined) {
    const origin = state.main.thread_id === event.forked_from ? state.main : state.others.get(event.forked_from);
    return origin?.meter.exact === true ? meterFrom(origin.meter.total) : meterFrom(undefined);
  }
  return event.resumed === true ? meterFrom(undefined) : freshMeter;
}
