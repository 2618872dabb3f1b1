import { isTable } from './is-table.js';
import type { ConfigValue } from './types.js';

const BARE_KEY = /^[A-Za-z0-9_-]+$/;

export function isBareKey(key: string): boolean {
  return BARE_KEY.test(key);
}

/**
 * Returns a value as TOML on one line. `@iarna/toml` cannot write it: its `stringify.value` breaks long arrays over
 * several lines, writes `1e-7` as `1e-7.undefined` and escapes only the first control character of a string.
 */
export function tomlValue(value: ConfigValue): string {
  if (typeof value === 'string') return tomlString(value);
  if (typeof value === 'number') return tomlNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (!isTable(value)) return `[${value.map(tomlValue).join(', ')}]`;
  const entries = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : [`${isBareKey(key) ? key : tomlString(key)} = ${tomlValue(item)}`],
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** The escapes of JSON are valid in TOML, which also requires DEL to be escaped. */
function tomlString(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}

/** Writes unsafe integers as floats: they are inexact, and may exceed the 64 bits of a TOML integer. */
function tomlNumber(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}
