import { stat } from 'node:fs/promises';
import { HomeError } from '../errors/index.js';

/** Returns whether the home exists. @throws HomeError (`HOME_FAILED`) if it is not a folder or cannot be read */
export async function homeExists(root: string): Promise<boolean> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(root)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw new HomeError(root, 'cannot be read', error);
  }
  if (!isFolder) throw new HomeError(root, 'is not a folder');
  return true;
}
