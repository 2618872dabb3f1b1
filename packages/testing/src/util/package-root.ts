import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = '@codex-rx/testing';

/**
 * Reads the path from a stack frame: code for both module systems can use neither `import.meta.url` nor `__dirname`.
 */
function currentFile(): string {
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  try {
    Error.prepareStackTrace = (_error, frames) => frames[0]?.getFileName();
    const file = new Error('current file').stack as unknown as string;
    return file.startsWith('file:') ? fileURLToPath(file) : file;
  } finally {
    if (before === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
    else Object.defineProperty(Error, 'prepareStackTrace', before);
  }
}

function packageName(folder: string): unknown {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown }).name;
  } catch {
    return undefined;
  }
}

function findPackageRoot(): string {
  const file = currentFile();
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder))
    if (packageName(folder) === NAME) return folder;
  // In a bundle, resolve the installed package.
  return dirname(createRequire(file).resolve(`${NAME}/package.json`));
}

let root: string | undefined;

/** Returns the folder of this package, which contains `programs` and `fixtures`. */
export function packageRoot(): string {
  return (root ??= findPackageRoot());
}
