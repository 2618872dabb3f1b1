import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = '@codex-rx/testing';

/** A source file cannot use `import.meta.url` or `__dirname` when it is compiled to both module systems; a stack frame knows. */
function thisFile(): string {
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  try {
    Error.prepareStackTrace = (_error, frames) => frames[0]?.getFileName();
    const file = new Error('where am I').stack as unknown as string;
    return file.startsWith('file:') ? fileURLToPath(file) : file;
  } finally {
    if (before === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
    else Object.defineProperty(Error, 'prepareStackTrace', before);
  }
}

function nameIn(folder: string): unknown {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown }).name;
  } catch {
    return undefined;
  }
}

function find(): string {
  const file = thisFile();
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder))
    if (nameIn(folder) === NAME) return folder;
  // Bundled into something else: the package may be installed there all the same.
  return dirname(createRequire(file).resolve(`${NAME}/package.json`));
}

let root: string | undefined;

/** The folder of this package, with its `programs` and `fixtures`. */
export function packageRoot(): string {
  return (root ??= find());
}
