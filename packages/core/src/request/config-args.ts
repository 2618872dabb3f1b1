import { flagArgs } from './flag-args.js';
import { isTable } from './is-table.js';
import { isBareKey, tomlValue } from './toml-value.js';
import type { ConfigTable, ConfigValue } from './types.js';

/**
 * Returns settings as `-c key=value` arguments, with nested tables as dotted keys.
 *
 * The CLI splits the key at every dot and does not support quotes, so a table with a key that needs quotes becomes one
 * inline table. The CLI merges inline tables with the user's `config.toml`, too.
 */
export function configArgs(config: ConfigTable): string[] {
  return flatten('', config).flatMap(([key, value]) => configArg(key, value));
}

export function configArg(key: string, value: ConfigValue): string[] {
  return flagArgs('-c', `${key}=${tomlValue(value)}`);
}

/** Returns the key of a `key=value` override. The CLI splits at the first `=` and trims the key. */
export function overrideKey(override: string): string {
  const at = override.indexOf('=');
  return (at === -1 ? override : override.slice(0, at)).trim();
}

function flatten(path: string, table: ConfigTable): [string, ConfigValue][] {
  return Object.entries(table).flatMap(([key, value]): [string, ConfigValue][] => {
    if (value === undefined) return [];
    const at = path === '' ? key : `${path}.${key}`;
    return isTable(value) && isDotted(value) ? flatten(at, value) : [[at, value]];
  });
}

/** An empty table has no dotted keys that could express it. */
function isDotted(table: ConfigTable): boolean {
  const keys = Object.keys(table);
  return keys.length > 0 && keys.every((key) => table[key] === undefined || isBareKey(key));
}
