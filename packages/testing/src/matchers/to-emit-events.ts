import type { ThreadEvent } from '@codex-rx/core/events';
import type { ObservableInput } from 'rxjs';
import { AnyEventNamed, PartialEvent } from '../compare/asymmetric-matchers.js';
import { compareTimelines } from '../compare/compare-timelines.js';
import { nextAt } from '../timeline/frame.js';
import { EVENT_TYPES, isEventName } from '../timeline/name-event.js';
import { assertKnownValue } from './assert-known-value.js';
import { failed, type MatcherResult, passed } from './matcher-result.js';
import { describeEnd, observeRun, type WithinOptions } from './observe-run.js';

/**
 * Some fields of a value, at any depth. Arrays are complete. Asymmetric matchers such as `expect.any(String)` may
 * replace values.
 */
export type Fields<T> = T extends readonly (infer Element)[]
  ? readonly Fields<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Fields<T[Key]> }
    : T;

/** An event type (`turn.completed`), a name in diagrams (`+cmd0`, `msg1`), or required fields of the event. */
export type ExpectedEvent = ThreadEvent['type'] | (string & {}) | Fields<ThreadEvent>;

/** Implements `CodexMatchers.toEmitEvents`. */
export async function toEmitEvents(
  run$: ObservableInput<ThreadEvent>,
  expected: readonly ExpectedEvent[],
  options: WithinOptions = {},
): Promise<MatcherResult> {
  expected.forEach(assertKnownEvent);
  const observed = await observeRun(run$, options);
  const report = compareTimelines(
    expected.map((event) => nextAt(0, typeof event === 'string' ? new AnyEventNamed(event) : new PartialEvent(event))),
    observed.events.map((event) => nextAt(0, event)),
    { timed: false },
  );
  if (observed.end.kind === 'none')
    return failed(`${report ?? 'The events equal the expected ones.\n'}\n${describeEnd(observed)}`);
  return report === undefined
    ? passed(`Expected the run not to emit these ${String(expected.length)} events.`)
    : failed(`${report}\n${describeEnd(observed)}`);
}

const NAMES = ', or a name in diagrams, such as thread, turn, done, failed, notice, bad, ?some.type, msg0, +cmd0';

function assertKnownEvent(event: ExpectedEvent, index: number): void {
  const at = `toEmitEvents: expected[${String(index)}]`;
  if (typeof event === 'string') {
    if (!isEventName(event)) assertKnownValue(at, event, EVENT_TYPES, NAMES);
  } else if (typeof event.type === 'string') assertKnownValue(`${at}.type`, event.type, EVENT_TYPES);
}
