import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toInputError } from '../errors/to-input-error.js';
import type { Report } from '../home/list-rollouts.js';

/** Name by thread id. */
export type SessionNames = ReadonlyMap<string, string>;

/** The names that a home's sessions were given (CLI ≥ 0.125); a home without any has no file of them. */
export async function readSessionNames(home: string, report: Report): Promise<SessionNames> {
  const path = join(home, 'session_index.jsonl');
  try {
    return parseSessionNames(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report(toInputError(path, error));
    return new Map();
  }
}

/** The index is only ever appended to: a later line renames. Damaged lines are passed over. */
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
