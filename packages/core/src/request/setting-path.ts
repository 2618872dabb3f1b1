import { isTable } from './is-table.js';
import { MAX_CONFIG_DEPTH } from './max-config-depth.js';
import type { ConfigTable, ConfigValue } from './types.js';

/** The keys of a setting, outermost first: `sandbox_workspace_write.network_access` has two. */
export type SettingPath = readonly string[];

/** Stands for the missing keys of an empty table, which sets nothing below its path. */
const NO_KEY = '\0';

/** Returns the paths of all settings in a table, also of those that are `undefined`. */
export function settingPaths(table: ConfigTable | undefined, path: SettingPath = []): SettingPath[] {
  if (!isTable(table)) return [];
  return Object.entries(table).flatMap(([key, value]): SettingPath[] => {
    const at = [...path, key];
    if (!isTable(value) || at.length > MAX_CONFIG_DEPTH) return [at];
    return Object.keys(value).length === 0 ? [[...at, NO_KEY]] : settingPaths(value, at);
  });
}

/** Returns whether a path equals another one or leads to a setting within its table. */
export function startsWith(path: SettingPath, start: SettingPath): boolean {
  return start.length <= path.length && start.every((key, index) => key === path[index]);
}

export function isRelated(a: SettingPath, b: SettingPath): boolean {
  return startsWith(a, b) || startsWith(b, a);
}

/** Returns a copy of a table without a setting. */
export function removeSetting(table: ConfigTable, [key, ...rest]: SettingPath): ConfigTable {
  if (key === undefined || !Object.hasOwn(table, key)) return table;
  const value = table[key];
  return rest.length > 0 && isTable(value)
    ? withEntry(table, key, removeSetting(value, rest))
    : Object.fromEntries(Object.entries(table).filter(([name]) => name !== key));
}

/** Returns a copy of a table with another value of a setting. */
export function setSetting(table: ConfigTable, [key, ...rest]: SettingPath, value: ConfigValue): ConfigTable {
  if (key === undefined) return table;
  if (rest.length === 0) return withEntry(table, key, value);
  const inner = Object.hasOwn(table, key) ? table[key] : undefined;
  return withEntry(table, key, setSetting(isTable(inner) ? inner : {}, rest, value));
}

/** Unlike an assignment, creates an own property for every key. */
function withEntry(table: ConfigTable, key: string, value: ConfigValue): ConfigTable {
  return Object.fromEntries([...Object.entries(table), [key, value]]);
}
