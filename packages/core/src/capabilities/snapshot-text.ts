import type * as t from 'io-ts';
import { describeProblem } from '../commands/describe-problem.js';
import { RequestError } from '../errors/index.js';
import { SnapshotError } from '../errors/snapshot-error.js';
import { checkOneOf, checkString, checkWellFormed } from '../request/checks.js';
import { isTable } from '../request/is-table.js';
import { tomlValue } from '../request/toml-value.js';
import type { ConfigTable, ConfigValue } from '../request/types.js';
import { errorMessage } from '../util/error-message.js';
import { parseToml } from '../util/parse-toml.js';
import { checkCapabilities, checkOverrides } from './check-input.js';
import type { CapabilityOverrides } from './overrides.js';
import { capabilitiesCodec, overridesCodec } from './snapshot-codec.js';
import type { Capabilities } from './types.js';

/** The format of a snapshot of capabilities. */
export type SnapshotFormat = (typeof FORMATS)[number];

export const FORMATS = ['json', 'toml'] as const;

/**
 * Writes capabilities as JSON (default) or TOML, both indented for a reader.
 *
 * @example
 * ```ts
 * import { cliFacts, parseCapabilities, serializeCapabilities } from '@codex-rx/core/capabilities';
 *
 * const facts = cliFacts('0.171.0');
 * if (facts !== undefined) console.log(parseCapabilities(serializeCapabilities(facts, 'toml'), 'toml').version?.raw);
 * ```
 */
export function serializeCapabilities(capabilities: Capabilities, format: SnapshotFormat = 'json'): string {
  checkCapabilities('capabilities', capabilities);
  return serialize('capabilities', capabilities, format);
}

/**
 * Parses the text of {@link serializeCapabilities}. Unknown keys are ignored.
 *
 * @throws RequestError for an invalid argument
 * @throws SnapshotError (`SNAPSHOT_DECODE`)
 */
export function parseCapabilities(text: string, format: SnapshotFormat = 'json'): Capabilities {
  return parse(text, format, capabilitiesCodec);
}

/** Writes overrides as JSON (default) or TOML. */
export function serializeCapabilityOverrides(overrides: CapabilityOverrides, format: SnapshotFormat = 'json'): string {
  checkOverrides('overrides', overrides);
  return serialize('overrides', overrides, format);
}

/**
 * Parses the text of {@link serializeCapabilityOverrides}.
 *
 * @throws SnapshotError (`SNAPSHOT_DECODE`)
 */
export function parseCapabilityOverrides(text: string, format: SnapshotFormat = 'json'): CapabilityOverrides {
  return parse(text, format, overridesCodec);
}

function serialize(field: string, value: object, format: SnapshotFormat): string {
  checkOneOf('format', format, FORMATS);
  let text: string;
  try {
    text = JSON.stringify(value, undefined, 2);
  } catch (error) {
    throw new RequestError(field, `cannot be written as JSON: ${errorMessage(error).split('\n', 1)[0] ?? ''}`);
  }
  return format === 'json' ? `${text}\n` : toToml(parseForToml(field, text));
}

/** TOML has neither `undefined`, like JSON, nor `null`, nor lone surrogates. */
function parseForToml(field: string, json: string): ConfigTable {
  return JSON.parse(json, (key, value: unknown) => {
    checkWellFormed(field, key);
    if (typeof value === 'string') checkWellFormed(field, value);
    // Without the holes of items that were null.
    return Array.isArray(value) ? value.filter((item) => item !== undefined) : (value ?? undefined);
  }) as ConfigTable;
}

/** One line per key, and a section per table. */
function toToml(table: ConfigTable): string {
  const lines = (entries: ConfigTable): string =>
    Object.entries(entries)
      .map(([key, value]) => (value === undefined ? '' : `${tomlValue(key)} = ${tomlValue(value)}\n`))
      .join('');
  const isSection = (value: ConfigValue | undefined): value is ConfigTable => value !== undefined && isTable(value);
  const entries = Object.entries(table);
  const top = Object.fromEntries(entries.filter(([, value]) => !isSection(value)));
  const sections = entries.flatMap(([key, value]) => (isSection(value) ? [`\n[${key}]\n${lines(value)}`] : []));
  return `${lines(top)}${sections.join('')}`;
}

function parse<T>(text: string, format: SnapshotFormat, codec: t.Type<T>): T {
  checkString('text', text);
  checkOneOf('format', format, FORMATS);
  let value: unknown;
  try {
    value = format === 'json' ? parseJson(text) : parseToml(text);
  } catch (error) {
    const message = `is not ${format.toUpperCase()}: ${errorMessage(error)}`;
    throw new SnapshotError('SNAPSHOT_DECODE', undefined, `The text ${message}`, error);
  }
  const result = codec.decode(value);
  if (result._tag === 'Right') return result.right;
  const { path, problem } = describeProblem(codec, value);
  throw new SnapshotError('SNAPSHOT_DECODE', undefined, `${path === '' ? 'The document' : path}: ${problem}.`);
}

/** A missing value is `undefined`, not `null`. The text may start with a byte-order mark. */
function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\ufeff/, ''), (_key, value: unknown) => (value === null ? undefined : value));
}
