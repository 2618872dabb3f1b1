import type { Frame } from '../timeline/frame.js';
import { isThreadEvent } from '../timeline/name-event.js';
import { AnyEventNamed, PartialEvent } from './asymmetric-matchers.js';
import { type DifferenceOptions, differences } from './differences.js';
import { showValue } from './show-value.js';

const MAX_FIELDS = 8;

/** Returns the differences between two frames, one per line. `label` is the name of the actual event in diagrams. */
export function compareFrames(expected: Frame<unknown>, actual: Frame<unknown>, label: string): string[] {
  const delay = actual.frame - expected.frame;
  const time = delay === 0 ? [] : [`${showMs(Math.abs(delay))} ${delay > 0 ? 'late' : 'early'}`];
  return [...time, ...notificationProblems(expected, actual, label)];
}

const showMs = (ms: number): string => `${String(Math.round(ms * 1000) / 1000)} ms`;

function notificationProblems(expected: Frame<unknown>, actual: Frame<unknown>, label: string): string[] {
  const [e, a] = [expected.notification, actual.notification];
  if (e.kind === 'C' && a.kind === 'C') return [];
  if (e.kind === 'E' && a.kind === 'E') return fieldProblems(e.error, a.error);
  if (e.kind !== 'N' || a.kind !== 'N') return ['another kind of notification'];
  if (e.value instanceof AnyEventNamed)
    return matchesEventName(e.value.name, a.value, label) ? [] : [`expected ${String(e.value)}`];
  if (e.value instanceof PartialEvent) return fieldProblems(e.value.fields, a.value, { partial: true });
  return fieldProblems(e.value, withoutInherited(e.value, a.value));
}

export const matchesEventName = (name: string, value: unknown, label: string): boolean =>
  name === label || (isThreadEvent(value) && value.type === name);

/** Removes the ids of thread and turn that the expected event does not have, because most events only inherit them. */
function withoutInherited(expected: unknown, actual: unknown): unknown {
  if (!isThreadEvent(expected) || !isThreadEvent(actual)) return actual;
  const { thread_id, turn_id, ...own } = actual;
  return {
    ...own,
    ...(expected.thread_id === undefined ? {} : { thread_id }),
    ...(expected.turn_id === undefined ? {} : { turn_id }),
  };
}

function fieldProblems(expected: unknown, actual: unknown, options?: DifferenceOptions): string[] {
  const found = differences(expected, actual, options).map((difference) => {
    const [expectedText, actualText] = showBoth(difference.expected, difference.actual);
    return `${difference.path === '' ? '' : `${difference.path}: `}expected ${expectedText}, got ${actualText}`;
  });
  return found.length <= MAX_FIELDS
    ? found
    : [...found.slice(0, MAX_FIELDS), `and ${String(found.length - MAX_FIELDS)} more fields`];
}

/** Formats two values. Skips the common prefix of long texts. */
function showBoth(expected: unknown, actual: unknown): [string, string] {
  if (typeof expected !== 'string' || typeof actual !== 'string') return [showValue(expected), showValue(actual)];
  let same = 0;
  while (same < expected.length && expected[same] === actual[same]) same += 1;
  const from = same > 30 ? same - 15 : 0;
  const show = (text: string): string => `${from > 0 ? '…' : ''}${showValue(text.slice(from))}`;
  return [show(expected), show(actual)];
}
