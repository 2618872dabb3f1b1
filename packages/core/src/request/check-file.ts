import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { RequestError } from '../errors/index.js';
import type { AnyRunRequest } from './types.js';

/**
 * Checks that a path names a readable file. A relative path is resolved against the host's working directory.
 *
 * @throws RequestError
 */
export function checkFile(field: string, path: string): void {
  const absolute = resolve(path);
  let isFile: boolean;
  try {
    accessSync(absolute, constants.R_OK);
    isFile = statSync(absolute).isFile();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new RequestError(field, `cannot be read: ${absolute}${code === undefined ? '' : ` (${code})`}.`);
  }
  if (!isFile) throw new RequestError(field, `must be a file: ${absolute} is not.`);
}

/**
 * Checks the files of the images. The CLI starts without a missing image, and only reports it to the model.
 *
 * @throws RequestError
 */
export function checkImageFiles({ images = [] }: AnyRunRequest): void {
  for (const [index, image] of images.entries()) if (typeof image === 'string') checkFile(`images[${index}]`, image);
}
