import { flagArgs } from './flag-args.js';
import { isTable } from './is-table.js';
import { isBareKey, tomlValue } from './toml-value.js';
import type { ConfigTable, ConfigValue } from './types.js';

/**
 * Settings as `-c key=value` arguments, nested tables as dotted keys.
 *
 * The CLI splits the key at every dot and knows no quotes there, so a table with a key that has a dot, a blank or the like is passed as
 * one inline table. (The CLI merges that with the user's `config.toml`, too.)
 */
export function configArgs(config: ConfigTable): string[] {
  return flatten('', config).flatMap(([key, value]) => configArg(key, value));
}

export function configArg(key: string, value: ConfigValue): string[] {
  return flagArgs('-c', `${key}=${tomlValue(value)}`);
}

function flatten(path: string, table: ConfigTable): [string, ConfigValue][] {
  return Object.entries(table).flatMap(([key, value]): [string, ConfigValue][] => {
    if (value === undefined) return [];
    const at = path === '' ? key : `${path}.${key}`;
    return isTable(value) && isDotted(value) ? flatten(at, value) : [[at, value]];
  });
}

/** An empty table has no dotted keys to say that it is there. One whose keys are all unset says nothing. */
function isDotted(table: ConfigTable): boolean {
  const keys = Object.keys(table);
  return keys.length > 0 && keys.every((key) => table[key] === undefined || isBareKey(key));
}
