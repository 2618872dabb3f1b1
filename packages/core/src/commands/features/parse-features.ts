import { isObject } from '../../events/schema/fields.js';
import { printable } from '../../util/printable.js';
import type { Feature } from './types.js';

const YES = new Set(['true', 'yes', 'y', 'on', '1', 'enabled']);
const NO = new Set(['false', 'no', 'n', 'off', '0', 'disabled']);
const HEADER = /^feature\s+stage\s+enabled$/i;

/**
 * Parses `codex features list`: its table, or JSON in any of the shapes that such a list may have. Returns an empty
 * list if nothing matches. Names and stages have no control characters.
 */
export function parseFeatures(stdout: string): Feature[] {
  const rows = parseTable(stdout);
  return (rows.length > 0 ? rows : parseJsonFeatures(stdout)).map(({ name, stage, ...rest }) => ({
    name: printable(name),
    stage: stage === undefined ? undefined : printable(stage),
    ...rest,
  }));
}

/** Name, stage and state; columns are apart by tabs in old versions, and the stage may be two words. */
function parseTable(text: string): Feature[] {
  return text.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const name = words[0];
    const enabled = parseBoolean(words.at(-1));
    if (name === undefined || enabled === undefined || words.length < 3 || HEADER.test(line.trim())) return [];
    return [{ name, stage: words.slice(1, -1).join(' '), enabled, extra: {} }];
  });
}

function parseJsonFeatures(text: string): Feature[] {
  try {
    return toFeatures(JSON.parse(text));
  } catch {
    return [];
  }
}

function toFeatures(value: unknown): Feature[] {
  if (Array.isArray(value)) return value.flatMap((item) => toFeature(undefined, item));
  if (!isObject(value)) return [];
  if (value.features !== undefined) return toFeatures(value.features);
  if (['name', 'enabled', 'stage'].some((key) => typeof value[key] !== 'undefined' && !isObject(value[key])))
    return toFeature(undefined, value);
  return Object.entries(value).flatMap(([name, item]) => toFeature(name, item));
}

function toFeature(key: string | undefined, value: unknown): Feature[] {
  if (typeof value === 'string') {
    // In a list it is a name; under a name, a state or a stage.
    if (key === undefined) return [{ name: value, stage: undefined, enabled: true, extra: {} }];
    const enabled = parseBoolean(value);
    return [{ name: key, stage: enabled === undefined ? value : undefined, enabled: enabled ?? true, extra: {} }];
  }
  if (typeof value === 'boolean')
    return key === undefined ? [] : [{ name: key, stage: undefined, enabled: value, extra: {} }];
  if (!isObject(value)) return [];
  const { name = key, stage, status, enabled, value: state, ...extra } = value;
  const isOn = parseBoolean(enabled ?? state);
  const label = stage ?? status;
  if (typeof name !== 'string' || isOn === undefined) return [];
  return [{ name, stage: typeof label === 'string' ? label : undefined, enabled: isOn, extra }];
}

function parseBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}
