import { dirname, join } from 'node:path';
import { rootsOfFile } from '../request/configured-folders.js';
import { isTable } from '../request/is-table.js';
import { settingAt, textAt } from '../request/settings.js';
import type { ConfigTable } from '../request/types.js';
import { parseToml } from '../util/parse-toml.js';
import { readRegularFile } from '../util/read-regular-file.js';
import { MAX_CONFIG_BYTES } from './inspect-file.js';

/** Other texts are not parsed: each run reads its configuration. */
const RELEVANT = /sandbox|permissions|trust_level/;

/**
 * Returns the settings of the configuration files of a home that decide where an agent may write: those of
 * `config.toml`, and those of a profile. Files that cannot be read or parsed are omitted: the CLI rejects them.
 */
export function readSandboxSettings(root: string, profile: string | undefined): ConfigTable[] {
  const config = readSettings(join(root, 'config.toml'));
  const chosen = profile ?? textAt(config, 'profile');
  if (chosen === undefined) return config;
  // Older versions of the CLI have a table, newer ones a file.
  const table = settingAt(config, 'profiles', chosen);
  return [...config, ...(isTable(table) ? [table] : []), ...readSettings(join(root, `${chosen}.config.toml`))];
}

function readSettings(path: string): ConfigTable[] {
  try {
    const text = readRegularFile(path, MAX_CONFIG_BYTES);
    if (!RELEVANT.test(text)) return [];
    const settings = parseToml(text) as ConfigTable;
    return [settings, ...rootsOfFile(settings, dirname(path))];
  } catch {
    return [];
  }
}
