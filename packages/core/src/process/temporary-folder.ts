import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SpawnError } from '../errors/index.js';
import { emitCleanupWarning } from '../util/warn-on-error.js';

/** The name of the temporary folder of a run. */
export const temporaryName = (runId: string): string => `codex-rx-${runId}`;

/** Returns an unused path in the temporary folder. Nothing is created. */
export const temporaryPath = (runId: string = randomUUID()): string => join(tmpdir(), temporaryName(runId));

/**
 * Creates a private folder (mode 0700) and returns its path. An existing file or folder is not used.
 *
 * @param advice what to do if the folder cannot be created
 * @throws SpawnError
 */
export function createFolder(
  advice = 'Point TMPDIR to a folder that can be written to.',
  path: string = temporaryPath(),
): string {
  try {
    mkdirSync(path, { mode: 0o700 });
    return path;
  } catch (error) {
    const parent = tmpdir();
    const problem = `No temporary folder can be created in ${parent}. ${advice}`;
    throw new SpawnError('TEMP_DIRECTORY_FAILED', parent, problem, error);
  }
}

/** Removes a folder. Retries, because a process may still write to it. Never rejects. */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch (error) {
    emitCleanupWarning(`could not remove ${path}`, error);
  }
}
