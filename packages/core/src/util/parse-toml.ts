import { createRequire } from 'node:module';
import { join } from 'node:path';
import TOML from '@iarna/toml';
import { thisFolder } from './this-folder.js';

type Table = Record<string, unknown>;

interface SmolToml {
  parse(text: string, options: { readonly integersAsBigInt: 'asNeeded' }): Table;
}

/** The parser of the CLI has this limit. */
const MAX_DEPTH = 128;

/** The tables or arrays of a text are nested too deeply. */
export class TomlDepthError extends Error {
  constructor() {
    super(`nested deeper than ${String(MAX_DEPTH)} levels`);
  }
}

let parser: SmolToml | undefined;

/**
 * Loads the parser on first use: most runs parse no TOML. An app that was bundled into one file may not have it, and
 * gets `@iarna/toml`, which reads TOML 0.5.
 */
function loadParser(): SmolToml {
  const require = createRequire(join(thisFolder() ?? process.cwd(), 'parse-toml.js'));
  try {
    return require('smol-toml') as SmolToml;
  } catch {
    return TOML;
  }
}

/**
 * Parses a TOML 1.0 or 1.1 text as the CLI does. A byte-order mark and Windows line ends are fine, and so are keys
 * such as `constructor`. Integers that a number cannot represent are `bigint`.
 *
 * @throws Error, for invalid syntax with `line` and `column` (both from 1); all but the first line of its message
 * quotes the text, which may contain a secret
 * @throws TomlDepthError
 */
export function parseToml(text: string): Table {
  parser ??= loadParser();
  const table = parser.parse(text, { integersAsBigInt: 'asNeeded' });
  assertDepth(table, 0);
  checkIntegers(table);
  return table;
}

function assertDepth(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null || value instanceof Date) return;
  if (depth > MAX_DEPTH) throw new TomlDepthError();
  for (const item of Object.values(value)) assertDepth(item, depth + 1);
}

const MIN_INTEGER = -(2n ** 63n);
const MAX_INTEGER = 2n ** 63n - 1n;

/** The parser reads integers of any size, the CLI those of 64 bits. */
function checkIntegers(value: unknown): void {
  if (typeof value === 'bigint' && (value < MIN_INTEGER || value > MAX_INTEGER))
    throw new Error('An integer does not fit in 64 bits');
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(checkIntegers);
}

/**
 * Parses the value of a `key=value` override as the CLI does: text that is not TOML is a string without the quotes at
 * its ends.
 */
export function parseOverrideValue(text: string): unknown {
  try {
    // The key of the CLI: a value with line breaks may contain other keys.
    return parseToml(`_x_ = ${text}`)._x_;
  } catch {
    return withoutQuotes(text.trim());
  }
}

function withoutQuotes(text: string): string {
  const isQuote = (at: number): boolean => text[at] === '"' || text[at] === "'";
  let start = 0;
  let end = text.length;
  while (start < end && isQuote(start)) start += 1;
  while (end > start && isQuote(end - 1)) end -= 1;
  return text.slice(start, end);
}
