import { join } from 'node:path';
import { toInputError } from '../errors/to-input-error.js';
import { readRegularFile } from '../util/read-regular-file.js';
import type { Report } from './list-rollouts.js';

/** Some 150,000 names. */
const MAX_INDEX_BYTES = 16 * 1024 * 1024;

/** Name by thread id. */
export type SessionNames = ReadonlyMap<string, string>;

/** Returns the names of a home's sessions (CLI ≥ 0.125). A home without names has no index file. */
export function readSessionNames(home: string, report: Report): SessionNames {
  const path = join(home, 'session_index.jsonl');
  try {
    return parseSessionNames(readRegularFile(path, MAX_INDEX_BYTES));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report(toInputError(path, error));
    return new Map();
  }
}

/** The CLI only appends to the index: a later line renames. Skips damaged lines. */
function parseSessionNames(text: string): SessionNames {
  const names = new Map<string, string>();
  for (const line of text.split('\n')) {
    const { id, thread_name: name } = parseLine(line);
    if (typeof id !== 'string' || typeof name !== 'string') continue;
    if (name.trim() === '') names.delete(id);
    else names.set(id, name);
  }
  return names;
}

function parseLine(line: string): { readonly id?: unknown; readonly thread_name?: unknown } {
  try {
    return (JSON.parse(line) as object | null) ?? {};
  } catch {
    return {};
  }
}
