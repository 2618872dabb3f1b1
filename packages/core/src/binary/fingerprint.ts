import { statSync } from 'node:fs';

/** Returns a text that changes when the file is replaced or written, or `undefined` if the file does not exist. */
export function fileFingerprint(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true ? `${path}:${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeMs}` : undefined;
}
