import { createRequire } from 'node:module';
import { join } from 'node:path';
import { thisFolder } from './this-folder.js';

type Table = Record<string, unknown>;

interface SmolToml {
  parse(text: string, options: { readonly integersAsBigInt: 'asNeeded' }): Table;
}

let smolToml: SmolToml | undefined;

/** Loads the parser on first use: most runs parse no TOML. */
function loadParser(): SmolToml {
  const require = createRequire(join(thisFolder() ?? process.cwd(), 'parse-toml.js'));
  return require('smol-toml') as SmolToml;
}

/**
 * Parses a TOML 1.0 or 1.1 text as the CLI does. A byte-order mark and Windows line ends are fine, and so are keys
 * such as `constructor`. Integers that a number cannot represent are `bigint`.
 *
 * @throws Error with `line` and `column` (both from 1); all but the first line of its message quotes the text, which
 * may contain a secret
 */
export function parseToml(text: string): Table {
  smolToml ??= loadParser();
  return smolToml.parse(text, { integersAsBigInt: 'asNeeded' });
}
