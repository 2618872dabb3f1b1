import type { ConfigTable } from './types.js';

/** A plain object; what has a class of its own (a `Date`, a `Map`) is no table. */
export function isTable(value: unknown): value is ConfigTable {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
