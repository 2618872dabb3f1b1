import { isTable } from '../request/is-table.js';
import type { ConfigTable, ConfigValue } from '../request/types.js';
import { isSecretKey } from '../secrets/secret-names.js';
import { maskSecretText } from '../secrets/secret-text.js';
import { parseToml, TomlDepthError } from '../util/parse-toml.js';
import { type FileInspection, inspectFile, readText } from './inspect-file.js';

/** The file `config.toml` of a home. */
export interface ConfigInspection extends FileInspection {
  /** Whether the file exists and can be read. */
  readonly state: 'missing' | 'ok' | 'invalid' | 'unreadable';
  /** The settings, with `***` for what is or looks like a secret; with state `ok`. */
  readonly settings: ConfigTable | undefined;
}

export async function inspectConfig(path: string): Promise<ConfigInspection> {
  const file = await inspectFile(path);
  if (!file.exists) return { ...file, state: 'missing', settings: undefined };
  const read = readText(file);
  if ('problem' in read) return { ...file, state: 'unreadable', settings: undefined, problem: read.problem };
  try {
    return { ...file, state: 'ok', settings: maskTable('', parseToml(read.text)) };
  } catch (error) {
    return { ...file, state: 'invalid', settings: undefined, problem: tomlProblem(error) };
  }
}

/** Omits the parser's message: it quotes the text, which may contain a secret. */
function tomlProblem(error: unknown): string {
  if (error instanceof TomlDepthError) return error.message;
  const { line, column } = error as { line?: unknown; column?: unknown };
  const where =
    typeof line === 'number' && typeof column === 'number' ? ` at line ${String(line)}, column ${String(column)}` : '';
  return `not valid TOML${where}`;
}

function maskTable(path: string, table: object): ConfigTable {
  return Object.fromEntries(
    Object.entries(table).map(([key, value]) => [key, maskValue(`${path}.${key.replaceAll('.', '_')}`, value)]),
  );
}

function maskValue(path: string, value: unknown): ConfigValue {
  if (typeof value === 'string') return value !== '' && isSecretKey(path) ? '***' : maskSecretText(value);
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item) => maskValue(path, item));
  if (isTable(value) || (typeof value === 'object' && value !== null)) return maskTable(path, value);
  return value as number | boolean;
}
