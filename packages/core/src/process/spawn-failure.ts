import { statSync } from 'node:fs';
import { BinaryNotFoundError, SpawnError } from '../errors/index.js';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

export function checkWorkingDirectory(cwd: string): void {
  if (isDirectory(cwd)) return;
  const problem = exists(cwd) ? 'is not a folder' : 'does not exist';
  throw new SpawnError(
    'WORKING_DIRECTORY_NOT_FOUND',
    cwd,
    `Working directory ${cwd} ${problem}. Create it, or set workingDirectory.`,
  );
}

/** The operating system reports ENOENT for three different causes without a distinction. */
export function spawnFailure(binary: string, cwd: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    if (!isDirectory(cwd)) {
      return new SpawnError('WORKING_DIRECTORY_NOT_FOUND', cwd, `Working directory ${cwd} does not exist.`, error);
    }
    if (!exists(binary)) return new BinaryNotFoundError(binary, `there is no file ${binary}`, error);
    return new SpawnError(
      'NOT_EXECUTABLE',
      binary,
      `${binary} cannot be run: its interpreter or loader is missing.`,
      error,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'ENOEXEC') {
    return new SpawnError(
      'NOT_EXECUTABLE',
      binary,
      `${binary} cannot be run: ${reasonOf(error)}. Make it executable (chmod +x), or point \`binary\` to the CLI.`,
      error,
    );
  }
  return new SpawnError('SPAWN_FAILED', binary, `${binary} could not be started: ${reasonOf(error)}`, error);
}
