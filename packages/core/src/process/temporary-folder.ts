import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SpawnError } from '../errors/index.js';
import { emitCleanupWarning } from '../util/warn-on-error.js';

/** A private folder (mode 0700) in the temporary one. `advice` says what helps if there can be none. Throws a `SpawnError`. */
export function createFolder(advice = 'Point TMPDIR to a folder that can be written to.'): string {
  const parent = tmpdir();
  try {
    return mkdtempSync(join(parent, 'codex-rx-'));
  } catch (error) {
    const problem = `No temporary folder can be created in ${parent}. ${advice}`;
    throw new SpawnError('TEMP_DIRECTORY_FAILED', parent, problem, error);
  }
}

/** What is still being written to may need a second try. Never rejects. */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch (error) {
    emitCleanupWarning(`could not remove ${path}`, error);
  }
}
