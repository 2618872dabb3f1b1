import { parseOverrideValue } from '../util/parse-toml.js';
import { overrideKey } from './config-args.js';
import { isTable } from './is-table.js';
import type { CodexOptions, ConfigTable } from './types.js';

/** Tables of settings; a later table takes precedence. */
export type SettingLayers = readonly object[];

/** Returns the settings of the configuration files, then those of the options, in the order of the CLI. */
export function settingLayers(files: readonly (ConfigTable | undefined)[], options: CodexOptions): SettingLayers {
  const overrides = (options.configOverrides ?? []).map(parseOverride);
  return [...files, options.config, ...overrides].filter((layer) => layer !== undefined);
}

/** The value at a path of keys. */
export function settingAt(layers: SettingLayers, ...path: readonly string[]): unknown {
  return layers
    .map((layer) => valueAt(layer, path))
    .filter((value) => value !== undefined)
    .at(-1);
}

export function textAt(layers: SettingLayers, ...path: readonly string[]): string | undefined {
  const value = settingAt(layers, ...path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function valueAt(layer: object, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isTableLike(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    layer,
  );
}

/** Tables of the TOML parser have a class of their own. */
export function isTableLike(value: unknown): value is Readonly<Record<string, unknown>> {
  return isTable(value) || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

/** The CLI splits the key at every dot, and supports no quotes. */
function parseOverride(override: string): object {
  const value = parseOverrideValue(override.slice(override.indexOf('=') + 1));
  return overrideKey(override)
    .split('.')
    .reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;
}
