import { RequestError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { events } from '../builders/index.js';
import { AnyEventNamed, anyError } from '../compare/asymmetric-matchers.js';
import { isEventName } from '../timeline/name-event.js';
import type { MarbleMeaning } from './parse-marbles.js';

/** Names with a default value in a source. */
const DEFAULTS: ReadonlyMap<string, () => ThreadEvent> = new Map<string, () => ThreadEvent>([
  ['thread', () => events.threadStarted()],
  ['turn', () => events.turnStarted()],
  ['done', () => events.turnCompleted()],
]);

type Values = Readonly<Record<string, unknown>>;

/** In a source, a name emits its value. Without `values`, a symbol emits itself, as in RxJS. */
export function sourceMeaning(values: Values | undefined, error: unknown): MarbleMeaning<unknown> {
  return {
    symbol: (name) => symbol(name, values),
    word: (name) => (has(values, name) ? values[name] : (DEFAULTS.get(name)?.() ?? missing(name, values))),
    error: error === undefined ? new Error('#') : error,
  };
}

/** In an expectation, a word without a value matches any event of that name, and `#` without an error any error. */
export function expectedMeaning(values: Values | undefined, error: unknown): MarbleMeaning<unknown> {
  return {
    symbol: (name) => symbol(name, values),
    word: (name) =>
      has(values, name)
        ? values[name]
        : isEventName(name)
          ? new AnyEventNamed(name)
          : missing(name, values, eventNameAdvice(name)),
    error: error === undefined ? anyError : error,
  };
}

const symbol = (name: string, values: Values | undefined): unknown =>
  values === undefined ? name : has(values, name) ? values[name] : missing(name, values);

const has = (values: Values | undefined, name: string): values is Values =>
  values !== undefined && Object.hasOwn(values, name);

/** The names of items end with a number. */
function eventNameAdvice(name: string): string {
  const numbered = `${name}0`;
  if (isEventName(numbered)) return `Names of items have the number of their id, from 0: {${numbered}}.`;
  return 'Names of events, such as {turn}, {notice} or {+cmd0}, need no value.';
}

function missing(name: string, values: Values | undefined, advice?: string): never {
  const known = [...Object.keys(values ?? {}), ...DEFAULTS.keys()].join(', ');
  throw new RequestError(
    'values',
    `must contain each name of the diagram, but {${name}} has no value. ${advice ?? `Known names: ${known}.`}`,
  );
}
