import type { Frame } from '../timeline/frame.js';
import { isThreadEvent } from '../timeline/name-event.js';
import { AnyEventNamed, PartialEvent } from './asymmetric-matchers.js';
import { type DifferenceOptions, differences } from './differences.js';
import { showValue } from './show-value.js';

const MOST_FIELDS = 8;

/** What is wrong with a moment, one line each; none if it is as expected. `label` is its name in diagrams. */
export function compareFrames(expected: Frame<unknown>, actual: Frame<unknown>, label: string): string[] {
  const late = actual.frame - expected.frame;
  const time = late === 0 ? [] : [`${showMs(Math.abs(late))} ${late > 0 ? 'late' : 'early'}`];
  return [...time, ...notificationProblems(expected, actual, label)];
}

const showMs = (ms: number): string => `${String(Math.round(ms * 1000) / 1000)} ms`;

function notificationProblems(expected: Frame<unknown>, actual: Frame<unknown>, label: string): string[] {
  const [e, a] = [expected.notification, actual.notification];
  if (e.kind === 'C' && a.kind === 'C') return [];
  if (e.kind === 'E' && a.kind === 'E') return fieldProblems(e.error, a.error);
  if (e.kind !== 'N' || a.kind !== 'N') return ['another kind of moment'];
  if (e.value instanceof AnyEventNamed)
    return matchesEventName(e.value.name, a.value, label) ? [] : [`expected ${String(e.value)}`];
  if (e.value instanceof PartialEvent) return fieldProblems(e.value.fields, a.value, { partial: true });
  return fieldProblems(e.value, withoutInherited(e.value, a.value));
}

export const matchesEventName = (name: string, value: unknown, label: string): boolean =>
  name === label || (isThreadEvent(value) && value.type === name);

/** Most events only repeat the thread and the turn that they belong to: not compared unless the expected one says it. */
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
  const found = differences(expected, actual, options).map(({ path, expected: should, actual: is }) => {
    const [shouldText, isText] = showApart(should, is);
    return `${path === '' ? '' : `${path}: `}expected ${shouldText}, got ${isText}`;
  });
  return found.length <= MOST_FIELDS
    ? found
    : [...found.slice(0, MOST_FIELDS), `and ${String(found.length - MOST_FIELDS)} more fields`];
}

/** Of long texts the place where they part. */
function showApart(expected: unknown, actual: unknown): [string, string] {
  if (typeof expected !== 'string' || typeof actual !== 'string') return [showValue(expected), showValue(actual)];
  let same = 0;
  while (same < expected.length && expected[same] === actual[same]) same += 1;
  const from = same > 30 ? same - 15 : 0;
  const show = (text: string): string => `${from > 0 ? '…' : ''}${showValue(text.slice(from))}`;
  return [show(expected), show(actual)];
}
