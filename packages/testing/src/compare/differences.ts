/** A difference between two values. */
export interface Difference {
  /** Path of the field, such as `item.changes.0.path`; empty for the value itself. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

export interface DifferenceOptions {
  /** Ignores fields that the expected object does not have. Default `false`. */
  readonly partial?: boolean | undefined;
}

/**
 * Returns the differences between an expected and an actual value.
 *
 * A field that is `undefined` equals an absent field. Asymmetric matchers such as `expect.any(String)` may replace
 * values. Compares errors by name, message and own fields, and other iterables by their elements.
 */
export function differences(
  expected: unknown,
  actual: unknown,
  { partial = false }: DifferenceOptions = {},
): Difference[] {
  return [...walk('', expected, actual, { partial, seen: new Map() })];
}

interface Context {
  readonly partial: boolean;
  readonly seen: Map<object, Set<unknown>>;
}

function* walk(path: string, expected: unknown, actual: unknown, context: Context): Generator<Difference> {
  if (Object.is(expected, actual)) return;
  if (isMatcher(expected)) {
    if (!expected.asymmetricMatch(actual)) yield { path, expected, actual };
    return;
  }
  if (!isObject(expected) || !isObject(actual) || kindOf(expected) !== kindOf(actual)) {
    yield { path, expected, actual };
    return;
  }
  if (isVisited(context.seen, expected, actual)) return;
  if (expected instanceof Date && actual instanceof Date) {
    if (expected.getTime() !== actual.getTime()) yield { path, expected, actual };
    return;
  }
  const [expectedFields, actualFields] = [fieldsOf(expected), fieldsOf(actual)];
  const isEnough = context.partial && kindOf(expected) === 'object';
  for (const key of new Set([...expectedFields.keys(), ...(isEnough ? [] : actualFields.keys())]))
    yield* walk(path === '' ? key : `${path}.${key}`, expectedFields.get(key), actualFields.get(key), context);
}

/** Returns whether the pair was visited before. Such a cycle is equal if all other fields are equal. */
function isVisited(seen: Map<object, Set<unknown>>, expected: object, actual: unknown): boolean {
  const partners = seen.get(expected);
  if (partners?.has(actual)) return true;
  if (partners === undefined) seen.set(expected, new Set([actual]));
  else partners.add(actual);
  return false;
}

interface Matcher {
  asymmetricMatch(actual: unknown): boolean;
  toString(): string;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export const isMatcher = (value: unknown): value is Matcher =>
  isObject(value) && typeof (value as Partial<Matcher>).asymmetricMatch === 'function';

const isError = (value: object): value is Error => Object.prototype.toString.call(value) === '[object Error]';

function kindOf(value: object): string {
  if (Array.isArray(value)) return 'array';
  if (isError(value)) return 'error';
  if (value instanceof Date) return 'date';
  return Symbol.iterator in value ? 'iterable' : 'object';
}

function fieldsOf(value: object): Map<string, unknown> {
  if (isError(value))
    return new Map<string, unknown>([['name', value.name], ['message', value.message], ...entries(value)]);
  if (Symbol.iterator in value)
    return new Map(Array.from(value as Iterable<unknown>, (one, index) => [String(index), one]));
  return new Map(entries(value));
}

const entries = (value: object): [string, unknown][] => Object.entries(value);
