import { isMatcher } from './differences.js';

const MAX_LENGTH = 72;

/** Formats a value in one line of at most 72 characters. */
export function showValue(value: unknown): string {
  const text = format(value);
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}

function format(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (isMatcher(value)) return value.toString();
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
