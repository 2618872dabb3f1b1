import type { ThreadEvent } from '@codex-rx/core/events';
import type { ObservableInput } from 'rxjs';
import { AnyEventNamed, PartialEvent } from '../compare/asymmetric-matchers.js';
import { compareTimelines } from '../compare/compare-timelines.js';
import { nextAt } from '../timeline/frame.js';
import { EVENT_TYPES, isEventName } from '../timeline/name-event.js';
import { assertKnownValue } from './assert-known-value.js';
import { failed, type MatcherResult, passed } from './matcher-result.js';
import { describeEnd, observeRun, type WithinOptions } from './observe-run.js';

/** Some or all fields of a value, at any depth; of arrays all elements. Matchers such as `expect.any(String)` may stand in. */
export type Fields<T> = T extends readonly (infer Element)[]
  ? readonly Fields<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Fields<T[Key]> }
    : T;

/** An event type (`turn.completed`), a name in diagrams (`+cmd0`, `msg1`), or the fields that the event must have. */
export type ExpectedEvent = ThreadEvent['type'] | (string & {}) | Fields<ThreadEvent>;

/** See `CodexMatchers.toEmitEvents`. */
export async function toEmitEvents(
  run$: ObservableInput<ThreadEvent>,
  expected: readonly ExpectedEvent[],
  options: WithinOptions = {},
): Promise<MatcherResult> {
  expected.forEach(refuseUnknownEvent);
  const observed = await observeRun(run$, options);
  const report = compareTimelines(
    expected.map((event) => nextAt(0, typeof event === 'string' ? new AnyEventNamed(event) : new PartialEvent(event))),
    observed.events.map((event) => nextAt(0, event)),
    { timed: false },
  );
  if (observed.end.kind === 'none')
    return failed(`${report ?? 'The events are as expected.\n'}\n${describeEnd(observed)}`);
  return report === undefined
    ? passed(`The run emitted the ${String(expected.length)} events that it should not emit.`)
    : failed(`${report}\n${describeEnd(observed)}`);
}

const NAMES = ', or a name in diagrams, such as thread, turn, done, failed, notice, bad, ?some.type, msg0, +cmd0';

function refuseUnknownEvent(event: ExpectedEvent, index: number): void {
  const at = `toEmitEvents: expected[${String(index)}]`;
  if (typeof event === 'string') {
    if (!isEventName(event)) assertKnownValue(at, event, EVENT_TYPES, NAMES);
  } else if (typeof event.type === 'string') assertKnownValue(`${at}.type`, event.type, EVENT_TYPES);
}
