import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { RequestError } from '../errors/index.js';

/** Refuses what is no file, or cannot be read. A relative path is seen from the host's working directory. */
export function checkFile(field: string, path: string): void {
  const absolute = resolve(path);
  let isFile: boolean;
  try {
    accessSync(absolute, constants.R_OK);
    isFile = statSync(absolute).isFile();
  } catch (error) {
    throw new RequestError(
      field,
      `${absolute} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'no reason'}).`,
    );
  }
  if (!isFile) throw new RequestError(field, `${absolute} is not a file.`);
}
