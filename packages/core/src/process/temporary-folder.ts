import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { SpawnError } from '../errors/index.js';
import { createPrivateFolder } from '../util/private-folder.js';

/** The name of the folder in which a run without a `workingDirectory` works, in its temporary folder. */
export const WORK_FOLDER = 'work';

/** The name of the temporary folder of a run. */
export const temporaryName = (runId: string): string => `codex-rx-${runId}`;

/** Returns whether a path has the form of the folder of a run without a `workingDirectory`. */
export const isTemporaryWorkspace = (path: string): boolean =>
  basename(path) === WORK_FOLDER && basename(dirname(path)).startsWith(temporaryName(''));

/** Returns an unused path in a private folder of this user. Only that folder is created. */
export const temporaryPath = (runId: string = randomUUID()): string => join(privateParent(), temporaryName(runId));

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
    const parent = dirname(path);
    const problem = `No temporary folder can be created in ${parent}. ${advice}`;
    throw new SpawnError('TEMP_DIRECTORY_FAILED', parent, problem, error);
  }
}

/**
 * Returns a folder that only this user can access. The temporary folder is the last resort, for users without a home:
 * the sandbox of the CLI lets every agent write there.
 */
function privateParent(): string {
  const owner = process.getuid === undefined ? 'user' : String(process.getuid());
  for (const parent of cacheFolders()) {
    try {
      return createPrivateFolder(parent, 'codex-rx', 'runs');
    } catch {
      // The next folder may be usable.
    }
  }
  try {
    if (existsSync(tmpdir())) return createPrivateFolder(tmpdir(), `codex-rx-${owner}`);
  } catch {
    // A folder with a random name is private, too.
  }
  return tmpdir();
}

function cacheFolders(): readonly string[] {
  const { XDG_CACHE_HOME: chosen, LOCALAPPDATA: local } = process.env;
  const home = homedir();
  const isWindows = process.platform === 'win32';
  const standard = isWindows ? (local ?? join(home, 'AppData', 'Local')) : join(home, '.cache');
  return [...(isWindows || chosen === undefined ? [] : [chosen]), ...(existsSync(home) ? [standard] : [])].filter(
    isAbsolute,
  );
}
