import { realpathSync, statSync } from 'node:fs';

/** Identifies the content of a binary. A file that is replaced or written has another fingerprint. */
export interface BinaryFingerprint {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Last change of the content, ms since 1970. */
  readonly modified: number;
  /** Inode of the file. */
  readonly inode: number;
}

/** Returns the fingerprint of a binary, or `undefined` if the file cannot be inspected. Follows links. */
export function binaryFingerprint(path: string): BinaryFingerprint | undefined {
  try {
    const real = realpathSync(path);
    const { size, mtimeMs: modified, ino: inode } = statSync(real);
    return { path: real, size, modified, inode };
  } catch {
    return undefined;
  }
}

/** Unknown fingerprints are never the same. */
export function isSameBinary(a: BinaryFingerprint | undefined, b: BinaryFingerprint | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.path === b.path && a.size === b.size && a.modified === b.modified && a.inode === b.inode;
}
