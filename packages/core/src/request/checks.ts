import { RequestError } from '../errors/index.js';
import { isTable } from './is-table.js';

/* eslint-disable no-control-regex -- the checks look for control characters */
const CONTROL = /[\u0000-\u001f\u007f]/;
const CONTROL_BUT_WHITESPACE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
/* eslint-enable no-control-regex */

/** `setTimeout` fires immediately for longer delays. */
export const MAX_TIMER_MS = 2_147_483_647;

/** Checks text that becomes an argument, a path or a variable. @throws RequestError */
export function checkArgument(field: string, value: unknown): asserts value is string {
  checkNotEmpty(field, value);
  if (CONTROL.test(value))
    throw new RequestError(field, 'contains a control character, such as a line break or NUL. Remove it.');
  checkWellFormed(field, value);
}

/** Checks the path of a file or folder. @throws RequestError */
export function checkPath(field: string, value: unknown): asserts value is string {
  checkArgument(field, value);
  if (/^~(?:[\\/]|$)/.test(value))
    throw new RequestError(field, 'starts with "~", which only a shell expands. Use os.homedir() instead.');
}

/** Checks text in which line breaks and tabs are allowed. @throws RequestError */
export function checkMultiline(field: string, value: unknown): asserts value is string {
  checkString(field, value);
  if (CONTROL_BUT_WHITESPACE.test(value))
    throw new RequestError(field, 'contains a control character, such as NUL. Remove it.');
  checkWellFormed(field, value);
}

export function checkString(field: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new RequestError(field, `must be a string, got ${describeValue(value)}.`);
}

/** Checks that a string has a character that is not whitespace. @throws RequestError */
export function checkNotEmpty(field: string, value: unknown): asserts value is string {
  checkString(field, value);
  if (value.trim() === '') throw new RequestError(field, 'must not be empty.');
}

/** Arguments are UTF-8, which cannot encode lone surrogates: Node.js would replace them by another character. */
export function checkWellFormed(field: string, value: string): void {
  if (/\p{Surrogate}/u.test(value))
    throw new RequestError(field, 'contains a lone surrogate (the string was split inside a character).');
}

export function checkList(field: string, value: unknown, check: (field: string, item: unknown) => void): void {
  if (!Array.isArray(value)) throw new RequestError(field, `must be an array, got ${describeValue(value)}.`);
  value.forEach((item, index) => {
    check(`${field}[${index}]`, item);
  });
}

/** Checks that a value is a plain object, and returns it. @throws RequestError */
export function checkTable(field: string, value: unknown): Readonly<Record<string, unknown>> {
  if (!isTable(value)) throw new RequestError(field, `must be a plain object, got ${describeValue(value)}.`);
  return value;
}

export function checkBoolean(field: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new RequestError(field, `must be true or false, got ${describeValue(value)}.`);
}

export function checkOneOf(field: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== 'string' || !known.includes(value)) {
    throw new RequestError(field, `must be one of ${known.join(', ')}, got ${describeValue(value)}.`);
  }
}

/** Checks a number of milliseconds. @throws RequestError */
export function checkDuration(field: string, value: unknown, options: { infinite: boolean }): void {
  if (options.infinite && value === Number.POSITIVE_INFINITY) return;
  if (typeof value !== 'number' || !(value >= 0 && value <= MAX_TIMER_MS)) {
    const infinite = options.infinite ? ', or Infinity for no limit' : '';
    throw new RequestError(
      field,
      `must be a number of ms from 0 to ${String(MAX_TIMER_MS)}${infinite}, got ${describeValue(value)}.`,
    );
  }
}

export function checkInteger(field: string, value: unknown, [least, most]: readonly [number, number]): void {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw new RequestError(field, `must be an integer from ${least} to ${most}, got ${describeValue(value)}.`);
  }
}

/** Describes a value for an error message: numbers and short strings literally, everything else by its type. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined) return String(value);
  if (typeof value === 'string') return value.length <= 40 && !CONTROL.test(value) ? JSON.stringify(value) : 'a string';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
