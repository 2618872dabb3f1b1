import { realpathSync, statSync } from 'node:fs';

/** Identifies the content of a binary. A file that is replaced or written has another fingerprint. */
export interface BinaryFingerprint {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Last change of the content, ms since 1970. */
  readonly modified: number;
  /** Last change of the content, the name or the attributes, ms since 1970. A program cannot set it back. */
  readonly changed: number;
  /** Inode of the file. */
  readonly inode: number;
}

/** Returns the fingerprint of a binary, or `undefined` if the file cannot be inspected. Follows links. */
export function binaryFingerprint(path: string): BinaryFingerprint | undefined {
  try {
    const real = realpathSync(path);
    const { size, mtimeMs: modified, ctimeMs: changed, ino: inode } = statSync(real);
    return { path: real, size, modified, changed, inode };
  } catch {
    return undefined;
  }
}

/** Unknown fingerprints are never the same. */
export function isSameBinary(a: BinaryFingerprint | undefined, b: BinaryFingerprint | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const keys = ['path', 'size', 'modified', 'changed', 'inode'] as const;
  return keys.every((key) => a[key] === b[key]);
}
