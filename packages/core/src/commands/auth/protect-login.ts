import { chmodSync, statSync } from 'node:fs';
import { HomeError } from '../../errors/index.js';

/**
 * Makes a file of credentials readable by its owner only. The CLI creates it so, but keeps the mode of an existing
 * file.
 *
 * @throws HomeError
 */
export function protectLogin(path: string): void {
  if (process.platform === 'win32') return;
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined || (mode & 0o077) === 0) return;
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    throw new HomeError(path, 'can be read by others, and its mode cannot be changed to 0600.', error);
  }
}
