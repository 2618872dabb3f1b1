import type { ConfigTable } from './types.js';

/** Returns whether a value is a plain object, not an instance of a class such as `Date` or `Map`. */
export function isTable(value: unknown): value is ConfigTable {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
