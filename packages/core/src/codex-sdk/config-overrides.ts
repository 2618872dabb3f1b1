import { RequestError } from '../errors/index.js';
import { MAX_CONFIG_DEPTH } from '../request/max-config-depth.js';
import type { CodexConfigObject } from './options.js';

const BARE_KEY = /^[A-Za-z0-9_-]+$/;

/**
 * Returns `key=value` settings with dotted keys, in the form of the official SDK.
 *
 * @throws RequestError
 */
export function configOverrides(config: CodexConfigObject): string[] {
  if (!isObject(config)) throw new RequestError('config', 'must be a plain object.');
  return Object.entries(config).flatMap(([key, value]) => overridesOf(checkKey(key), value));
}

function overridesOf(path: string, value: unknown, depth = 0): string[] {
  checkDepth(depth);
  if (value === undefined) return [];
  if (!isObject(value)) return [`${path}=${tomlValue(value, path, depth)}`];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${path}={}`];
  return entries.flatMap(([key, child]) => overridesOf(`${path}.${checkKey(key)}`, child, depth + 1));
}

/** Returns a value in the notation of TOML. */
export function tomlValue(value: unknown, path: string, depth = 0): string {
  checkDepth(depth);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (Array.isArray(value))
    return `[${value.map((item, at) => tomlValue(item, `${path}[${String(at)}]`, depth + 1)).join(', ')}]`;
  if (!isObject(value))
    throw new RequestError(path, `must be a string, a finite number, a boolean, an array or an object.`);
  const pairs = Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .map(([key, child]) => `${tomlKey(checkKey(key))} = ${tomlValue(child, `${path}.${key}`, depth + 1)}`);
  return `{${pairs.join(', ')}}`;
}

function checkDepth(depth: number): void {
  if (depth > MAX_CONFIG_DEPTH)
    throw new RequestError(
      'config',
      `must not be nested deeper than ${String(MAX_CONFIG_DEPTH)} levels, or contain itself.`,
    );
}

function tomlKey(key: string): string {
  return BARE_KEY.test(key) ? key : JSON.stringify(key);
}

function checkKey(key: string): string {
  if (key === '') throw new RequestError('config', 'must not contain an empty key.');
  return key;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
