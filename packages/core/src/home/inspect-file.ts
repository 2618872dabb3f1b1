import { stat } from 'node:fs/promises';
import { errorMessage } from '../util/error-message.js';
import { readRegularFile } from '../util/read-regular-file.js';

/** Parsing takes about a second for a text of this size. */
export const MAX_CONFIG_BYTES = 1024 * 1024;

/** A file of a home. */
export interface FileInspection {
  /** The path of the file. */
  readonly path: string;
  /** Whether the file exists. */
  readonly exists: boolean;
  /** Bytes. */
  readonly size: number;
  /** The time of the last write. */
  readonly modified: Date | undefined;
  /** Whether only its owner may read it; `true` on Windows, which has no such permissions. */
  readonly isPrivate: boolean;
  /** Why it cannot be read, if it cannot. */
  readonly problem: string | undefined;
}

export async function inspectFile(path: string): Promise<FileInspection> {
  const nothing = { path, exists: false, size: 0, modified: undefined, isPrivate: true, problem: undefined };
  try {
    const stats = await stat(path);
    return {
      path,
      exists: true,
      size: stats.size,
      modified: stats.mtime,
      isPrivate: process.platform === 'win32' || (stats.mode & 0o077) === 0,
      problem: stats.isFile() ? undefined : 'not a file',
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? nothing : { ...nothing, exists: true, problem: code ?? 'cannot be read' };
  }
}

/** Returns the text of a file, or why it cannot be read. */
export function readText(file: FileInspection): { readonly text: string } | { readonly problem: string } {
  if (file.problem !== undefined) return { problem: file.problem };
  try {
    return { text: readRegularFile(file.path, MAX_CONFIG_BYTES, { isStrict: true }) };
  } catch (error) {
    return { problem: (error as NodeJS.ErrnoException).code ?? errorMessage(error) };
  }
}
