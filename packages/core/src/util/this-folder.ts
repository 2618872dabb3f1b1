import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of this file. Compiled to both module systems, it has neither `import.meta` nor `__dirname` in common; a
 * stack frame knows.
 */
export function thisFolder(): string | undefined {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was
  const before = Error.prepareStackTrace;
  try {
    Error.prepareStackTrace = (_error, frames) => frames[0]?.getFileName();
    const file: unknown = new Error('where').stack;
    if (typeof file !== 'string') return undefined;
    return dirname(file.startsWith('file:') ? fileURLToPath(file) : file);
  } finally {
    Error.prepareStackTrace = before;
  }
}
