import type { ThreadEvent, ThreadStartedEvent, Usage } from '@codex-rx/core/events';
import { type ThreadContext, threadContext } from '../thread/thread-context.js';
import { turnEnd } from '../turn-end.js';
import { cutsOff } from '../turn-start.js';
import { freshMeter, meterFrom, newProcess, read, type UsageMeter, withoutReading } from './usage-meter.js';

/** The tokens of a thread when one of its turns has ended. */
export interface UsageReport extends ThreadContext {
  /** The thread's figures, this turn included. */
  readonly total: Usage;
  /** This turn's figures. Absent where they cannot be known. */
  readonly turn?: Usage;
}

interface Follower {
  readonly meter: UsageMeter;
  /** A turn has begun and not ended. */
  readonly isOpen: boolean;
  /** Its id. */
  readonly turn_id?: string | undefined;
}

export interface UsageState {
  /** The thread of events that name none. */
  readonly thread_id: string | undefined;
  /** Changed in place: a copy per event would make a stream of many threads quadratic. */
  readonly threads: Map<string | undefined, Follower>;
  /** What the first thread had used before. */
  readonly baseline: Usage | undefined;
}

export function usageState(baseline?: Usage): UsageState {
  return { thread_id: undefined, threads: new Map(), baseline };
}

/** The figures that an event tells, if any, and what is known after it. */
export function followUsage(state: UsageState, event: ThreadEvent): readonly [state: UsageState, report?: UsageReport] {
  const thread_id = event.thread_id ?? state.thread_id;
  const known = state.threads.get(thread_id);
  switch (event.type) {
    case 'thread.started': {
      const meter = known === undefined ? firstMeter(state, event) : newProcess(closed(known));
      return [{ ...moved(state, event.thread_id, { meter, isOpen: false }), thread_id: event.thread_id }];
    }
    case 'turn.started': {
      const { turn_id } = event;
      if (known?.isOpen === true && !cutsOff(known, turn_id)) return [state];
      const meter = known === undefined ? firstMeter(state) : closed(known);
      return [moved(state, thread_id, { meter, isOpen: true, turn_id })];
    }
    case 'turn.completed': {
      const before = known?.meter ?? firstMeter(state);
      if (event.usage === undefined) return [moved(state, thread_id, { meter: withoutReading(before), isOpen: false })];
      const { meter, reading } = read(before, event.usage);
      const report = { ...threadContext({ ...event, thread_id }), ...reading };
      return [moved(state, thread_id, { meter, isOpen: false }), report];
    }
    default: {
      if (turnEnd(event) === undefined) return [state];
      // A turn that failed, or whose figures cannot be read.
      return [moved(state, thread_id, { meter: withoutReading(known?.meter ?? firstMeter(state)), isOpen: false })];
    }
  }
}

function firstMeter(state: UsageState, event?: ThreadStartedEvent): UsageMeter {
  if (state.threads.size === 0 && state.baseline !== undefined) return meterFrom(state.baseline);
  if (event?.forked_from !== undefined) {
    const origin = state.threads.get(event.forked_from);
    return meterFrom(origin?.meter.exact === true ? origin.meter.total : undefined);
  }
  return event?.resumed === true ? meterFrom(undefined) : freshMeter;
}

/** A turn that was open when a process ended, or another turn began, has told no figures. */
function closed({ meter, isOpen }: Follower): UsageMeter {
  return isOpen ? withoutReading(meter) : meter;
}

function moved(state: UsageState, thread_id: string | undefined, follower: Follower): UsageState {
  state.threads.set(thread_id, follower);
  return state;
}
