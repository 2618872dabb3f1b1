import { isTable } from './is-table.js';
import type { ConfigValue } from './types.js';

const BARE_KEY = /^[A-Za-z0-9_-]+$/;

export function isBareKey(key: string): boolean {
  return BARE_KEY.test(key);
}

/**
 * A value as TOML, on one line. `@iarna/toml` reads what the CLI reads, but does not write it: its `stringify.value` breaks long arrays
 * over several lines, writes `1e-7` as `1e-7.undefined` and escapes only the first control character of a string.
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

/** JSON's escapes are TOML's, but TOML wants DEL escaped as well. */
function tomlString(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}

/** A whole number that JavaScript cannot tell from its neighbours is no integer: as one it may also be beyond TOML's 64 bits. */
function tomlNumber(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}
