import { isTable } from './is-table.js';
import { MAX_CONFIG_DEPTH } from './max-config-depth.js';
import { withoutSuperseded } from './supersede.js';
import type { ConfigTable, ConfigValue, ExecRequest } from './types.js';

/** Options of a client or of a request. */
type AnyOptions = Partial<ExecRequest> & {
  readonly command?: string | undefined;
  readonly session?: unknown;
  readonly target?: unknown;
};

/**
 * Merges the options of a request into the defaults of a client. Changes neither.
 *
 * Scalars replace, `undefined` keeps the default, `false` overrides `true`. Lists are concatenated, defaults first.
 * `env`, `config` (at every depth) and `reasoning` are merged key by key: `undefined` in `env` removes the variable
 * from the environment, `undefined` in `config` removes the client's setting. A setting of the request replaces the
 * client's, also if one uses `config` or `configOverrides` and the other a named option.
 */
export function mergeOptions<A extends AnyOptions, B extends AnyOptions>(defaults: A, patch: B): A & B {
  // For the validation to reject: a caller without TypeScript may pass a prompt alone.
  if (typeof patch !== 'object') return patch;
  const merged: Record<string, unknown> = { ...withoutSuperseded(defaults, patch) };
  for (const [key, value] of Object.entries(patch)) {
    // An own key of this name, as JSON.parse() creates it, would replace the prototype.
    if (value !== undefined && key !== '__proto__') merged[key] = mergeField(key, merged[key], value);
  }
  return merged as A & B;
}

function mergeField(key: string, base: unknown, value: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(value)) return [...(base as unknown[]), ...(value as unknown[])];
  if (base === undefined || typeof value !== 'object' || value === null) return value;
  switch (key) {
    case 'env':
      return { ...(base as object), ...value };
    case 'reasoning':
      return { ...(base as object), ...Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) };
    case 'config':
      return mergeTables(base as ConfigTable, value as ConfigTable);
    default:
      return value;
  }
}

function mergeTables(base: ConfigTable, patch: ConfigTable, depth = 0): ConfigTable {
  if (depth > MAX_CONFIG_DEPTH) return patch;
  const merged = new Map<string, ConfigValue | undefined>(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    const before = merged.get(key);
    if (value === undefined) merged.delete(key);
    else merged.set(key, isTable(before) && isTable(value) ? mergeTables(before, value, depth + 1) : value);
  }
  return Object.fromEntries(merged);
}
