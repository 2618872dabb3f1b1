import { parseOverrideValue } from '../util/parse-toml.js';
import { overrideKey } from './config-args.js';
import { isTable } from './is-table.js';
import { MAX_CONFIG_DEPTH } from './max-config-depth.js';
import { type NamedSetting, namedSettings } from './named-settings.js';
import { isRelated, removeSetting, type SettingPath, setSetting, settingPaths, startsWith } from './setting-path.js';
import type { CodexOptions, ConfigTable, ConfigValue } from './types.js';

/**
 * Removes the settings of a client that a request sets by another option.
 *
 * `config`, `configOverrides` and named options such as `model` can set the same key, and the order of the arguments
 * does not know who set it: a client's override would follow the request's `config`.
 */
export function withoutSuperseded<T extends CodexOptions>(defaults: T, patch: CodexOptions): T {
  const config = settingPaths(patch.config);
  const namedOptions = namedSettings(patch);
  const named = namedOptions.map(({ path }) => path);
  const overrides = strings(patch.configOverrides).map(overridePath);
  if (config.length + named.length + overrides.length === 0) return defaults;
  const kept = { ...defaults, ...withoutNamed(defaults, [...config, ...overrides], namedOptions) };
  const folded = foldOverrides(kept, [...config, ...named]);
  const table = named.reduce<ConfigTable | undefined>((rest, path) => rest && removeSetting(rest, path), folded.config);
  return {
    ...kept,
    ...(table === undefined ? {} : { config: table }),
    ...(defaults.configOverrides === undefined ? {} : { configOverrides: folded.configOverrides }),
  };
}

function withoutNamed(
  defaults: CodexOptions,
  paths: readonly SettingPath[],
  named: readonly NamedSetting[],
): Partial<CodexOptions> {
  let changed: Partial<CodexOptions> = {};
  for (const { path, exclusive, without } of namedSettings(defaults)) {
    const opposite = named.filter(
      (other) => exclusive !== undefined && other.exclusive !== undefined && other.exclusive !== exclusive,
    );
    const others = [...paths, ...opposite.map((other) => other.path)];
    if (others.some((other) => isRelated(path, other)))
      changed = { ...changed, ...without({ ...defaults, ...changed }) };
  }
  return changed;
}

/**
 * Drops the overrides of settings that a request sets. An inline table that also contains other settings becomes part
 * of `config`, where the tables of client and request are merged.
 */
function foldOverrides(
  { config, configOverrides }: CodexOptions,
  paths: readonly SettingPath[],
): Pick<CodexOptions, 'config' | 'configOverrides'> {
  let table = config;
  let kept: unknown[] = [];
  for (const override of Array.isArray(configOverrides) ? (configOverrides as readonly unknown[]) : []) {
    const path = typeof override === 'string' && override.includes('=') ? overridePath(override) : undefined;
    if (path === undefined) {
      kept.push(override);
      continue;
    }
    if (paths.some((other) => startsWith(path, other))) continue;
    if (!paths.some((other) => startsWith(other, path))) {
      kept.push(override);
      continue;
    }
    // The CLI replaces the whole table, with the overrides before it.
    kept = kept.filter((before) => typeof before !== 'string' || !startsWith(overridePath(before), path));
    const value = overrideTable(override as string);
    table = value === undefined ? table && removeSetting(table, path) : setSetting(table ?? {}, path, value);
  }
  return { config: table, configOverrides: kept as string[] };
}

/** The CLI splits the key at every dot, and supports no quotes. */
function overridePath(override: string): SettingPath {
  return overrideKey(override).split('.');
}

function overrideTable(override: string): ConfigTable | undefined {
  const value = parseOverrideValue(override.slice(override.indexOf('=') + 1));
  return isTable(value) ? withoutBigints(value) : undefined;
}

/** TOML integers of 64 bits exceed the safe integers; `config` takes numbers. */
function withoutBigints(table: ConfigTable, depth = 0): ConfigTable {
  const convert = (value: unknown): unknown => {
    if (typeof value === 'bigint') return Number(value);
    if (Array.isArray(value)) return value.map(convert);
    return isTable(value) && depth < MAX_CONFIG_DEPTH ? withoutBigints(value, depth + 1) : value;
  };
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, convert(value) as ConfigValue]));
}

function strings(list: readonly string[] | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
