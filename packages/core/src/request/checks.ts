import { RequestError } from '../errors/index.js';

/* eslint-disable no-control-regex -- these are what is looked for */
const CONTROL = /[\u0000-\u001f\u007f]/;
const CONTROL_BUT_WHITESPACE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
/* eslint-enable no-control-regex */

/** A setTimeout beyond this fires at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** Text that becomes an argument, a path or a variable: neither blank nor with what such a word cannot hold. */
export function checkArgument(field: string, value: unknown): asserts value is string {
  checkString(field, value);
  if (value.trim() === '') throw new RequestError(field, 'is blank. Give a value, or leave the field out.');
  if (CONTROL.test(value))
    throw new RequestError(field, 'holds a control character (a line break, NUL or the like). Remove it.');
  checkWellFormed(field, value);
}

/** As {@link checkArgument}, but line breaks and tabs are fine. */
export function checkMultiline(field: string, value: unknown): asserts value is string {
  checkString(field, value);
  if (CONTROL_BUT_WHITESPACE.test(value))
    throw new RequestError(field, 'holds a control character such as NUL. Remove it.');
  checkWellFormed(field, value);
}

export function checkString(field: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new RequestError(field, `must be a string, not ${describeValue(value)}.`);
}

/** The system takes UTF-8, which has no lone surrogates: they would silently become another character. */
export function checkWellFormed(field: string, value: string): void {
  if (/\p{Surrogate}/u.test(value))
    throw new RequestError(field, 'holds half of a surrogate pair. Cut the text elsewhere.');
}

export function checkList(field: string, value: unknown, check: (field: string, item: unknown) => void): void {
  if (!Array.isArray(value)) throw new RequestError(field, `must be an array, not ${describeValue(value)}.`);
  value.forEach((item, index) => {
    check(`${field}[${index}]`, item);
  });
}

export function checkBoolean(field: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new RequestError(field, `must be true or false, not ${describeValue(value)}.`);
}

export function checkOneOf(field: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== 'string' || !known.includes(value)) {
    throw new RequestError(field, `must be one of ${known.join(', ')}, not ${describeValue(value)}.`);
  }
}

/** Milliseconds. */
export function checkDuration(field: string, value: unknown, options: { infinite: boolean }): void {
  if (options.infinite && value === Number.POSITIVE_INFINITY) return;
  if (typeof value !== 'number' || !(value >= 0 && value <= MAX_TIMER_MS)) {
    const none = options.infinite ? ', or Infinity for none' : '';
    throw new RequestError(
      field,
      `must be a number of ms from 0 to ${String(MAX_TIMER_MS)}${none}, not ${describeValue(value)}.`,
    );
  }
}

export function checkInteger(field: string, value: unknown, [least, most]: readonly [number, number]): void {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw new RequestError(field, `must be a whole number from ${least} to ${most}, not ${describeValue(value)}.`);
  }
}

/** Shows numbers and short words; never long text, which may be anything. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined) return String(value);
  if (typeof value === 'string') return value.length <= 40 && !CONTROL.test(value) ? JSON.stringify(value) : 'a string';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

export function checkPrompt(field: string, value: unknown): void {
  checkString(field, value);
  if (value.trim() === '') throw new RequestError(field, 'is blank. Say what the agent shall do.');
}
