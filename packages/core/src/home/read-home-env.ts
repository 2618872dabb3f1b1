import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readRegularFile } from '../util/read-regular-file.js';

const MAX_ENV_BYTES = 1024 * 1024;

/**
 * Returns the variables of the file `.env` of a home, which the CLI adds to its environment, except those that start
 * with `CODEX_`. Returns no variables if the file cannot be read.
 */
export function readHomeEnv(root: string): Readonly<Record<string, string>> {
  try {
    const variables = Object.entries(parseEnv(readRegularFile(join(root, '.env'), MAX_ENV_BYTES)));
    return Object.fromEntries(
      variables.filter((entry): entry is [string, string] => {
        const [name, value] = entry;
        return value !== undefined && !name.toUpperCase().startsWith('CODEX_');
      }),
    );
  } catch {
    return {};
  }
}
