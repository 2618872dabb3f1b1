import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { HomeError } from '../../errors/index.js';
import { writeBeside } from '../../home/write-beside.js';

/** The text of a file, `undefined` if there is none. @throws HomeError */
export function readConfig(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new HomeError(path, 'cannot be read.', error);
  }
}

/**
 * Replaces a file at once, readable by its owner only; creates its folder. A link is followed, so that it stays one. `undefined` removes the file.
 *
 * @throws HomeError
 */
export function writeConfig(path: string, text: string | undefined): void {
  try {
    if (text === undefined) {
      rmSync(path, { force: true });
      return;
    }
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    replace(followLink(path), text);
  } catch (error) {
    throw new HomeError(path, 'cannot be written.', error);
  }
}

function followLink(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function replace(path: string, text: string): void {
  const temporary = writeBeside(path, text);
  try {
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}
