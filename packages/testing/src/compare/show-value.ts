import { isMatcher } from './differences.js';

const LONGEST = 72;

/** A value in one short line. */
export function showValue(value: unknown): string {
  const text = inFull(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function inFull(value: unknown): string {
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
