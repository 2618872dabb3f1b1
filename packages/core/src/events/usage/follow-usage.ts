import { terminalTypeOf } from '../accessors.js';
import type { ThreadEvent, ThreadStartedEvent, Usage } from '../events.js';
import { type ThreadContext, threadContext } from '../thread-context.js';
import { replacesTurn } from '../turn-ids.js';
import { meterFrom, newProcess, read, startMeter, type UsageMeter, withoutReading } from './usage-meter.js';

/** The tokens of a thread at the end of one of its turns. */
export interface UsageReport extends ThreadContext {
  /** Tokens of the thread, including this turn. */
  readonly total: Usage;
  /** Tokens of this turn. Absent where they are unknown. */
  readonly turn?: Usage;
}

interface ThreadUsage {
  readonly meter: UsageMeter;
  /** Whether a turn is open. */
  readonly isOpen: boolean;
  /** Id of the open turn. */
  readonly turn_id?: string | undefined;
}

/** The state of `followUsage`. */
export interface UsageState {
  /** The thread of events without one. */
  readonly thread_id: string | undefined;
  /** Changed in place: a copy per event would make a stream of many threads quadratic. */
  readonly threads: Map<string | undefined, ThreadUsage>;
  /** Tokens that the first thread had used before. */
  readonly baseline: Usage | undefined;
}

/** Returns the state before the first event. */
export function usageState(baseline?: Usage): UsageState {
  return { thread_id: undefined, threads: new Map(), baseline };
}

/** Returns the state after an event, and the usage that the event reports, if any. */
export function followUsage(state: UsageState, event: ThreadEvent): readonly [state: UsageState, report?: UsageReport] {
  const thread_id = event.thread_id ?? state.thread_id;
  const known = state.threads.get(thread_id);
  switch (event.type) {
    case 'thread.started': {
      const meter = known === undefined ? firstMeter(state, event) : newProcess(closed(known));
      return [{ ...withThread(state, event.thread_id, { meter, isOpen: false }), thread_id: event.thread_id }];
    }
    case 'turn.started': {
      const { turn_id } = event;
      if (known?.isOpen === true && !replacesTurn(known, turn_id)) return [state];
      const meter = known === undefined ? firstMeter(state) : closed(known);
      return [withThread(state, thread_id, { meter, isOpen: true, turn_id })];
    }
    case 'turn.completed': {
      const before = known?.meter ?? firstMeter(state);
      if (event.usage === undefined)
        return [withThread(state, thread_id, { meter: withoutReading(before), isOpen: false })];
      // A fork's file repeats the turns of its origin: they count there.
      if (event.inherited === true)
        return [withThread(state, thread_id, { meter: meterFrom(event.usage), isOpen: false })];
      const { meter, reading } = read(before, event.usage);
      const report = { ...threadContext({ ...event, thread_id }), ...reading };
      return [withThread(state, thread_id, { meter, isOpen: false }), report];
    }
    default: {
      if (terminalTypeOf(event) === undefined) return [state];
      // A failed turn, or a completed one without a readable usage.
      return [
        withThread(state, thread_id, { meter: withoutReading(known?.meter ?? firstMeter(state)), isOpen: false }),
      ];
    }
  }
}

function firstMeter(state: UsageState, event?: ThreadStartedEvent): UsageMeter {
  if (state.threads.size === 0 && state.baseline !== undefined) return meterFrom(state.baseline);
  const origin = event?.forked_from === undefined ? undefined : state.threads.get(event.forked_from);
  return startMeter(event, origin?.meter);
}

/** Ends an open turn without usage, when its process or another turn replaces it. */
function closed({ meter, isOpen }: ThreadUsage): UsageMeter {
  return isOpen ? withoutReading(meter) : meter;
}

function withThread(state: UsageState, thread_id: string | undefined, thread: ThreadUsage): UsageState {
  state.threads.set(thread_id, thread);
  return state;
}
