import { createRequire } from 'node:module';
import { join } from 'node:path';
import TOML from '@iarna/toml';
import { thisFolder } from './this-folder.js';

type Table = Record<string, unknown>;

interface SmolToml {
  parse(text: string, options: { readonly integersAsBigInt: 'asNeeded' }): Table;
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
 * @throws Error with `line` and `column` (both from 1); all but the first line of its message quotes the text, which
 * may contain a secret
 */
export function parseToml(text: string): Table {
  parser ??= loadParser();
  return parser.parse(text, { integersAsBigInt: 'asNeeded' });
}

/** Parses the value of a `key=value` override as the CLI does. Returns `undefined` for text that is not TOML. */
export function parseTomlValue(text: string): unknown {
  try {
    // The key of the CLI: a value with line breaks may contain other keys.
    return parseToml(`_x_ = ${text}`)._x_;
  } catch {
    return undefined;
  }
}
