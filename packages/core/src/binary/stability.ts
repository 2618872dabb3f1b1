/** Identifies the content of a file. */
export interface FileIdentity {
  readonly path: string;
  readonly inode: number;
  readonly size: number;
  /** Last change of the content, ms since 1970. */
  readonly modified: number;
  /**
   * Last change of anything, ms since 1970. No program can set it, so it shows how long the file has been unchanged.
   * A new hard link changes it, too, so it does not identify the content.
   */
  readonly touched: number;
}

export interface Stability {
  /** The last file; `undefined` at first, `null` if it was not an executable file. */
  readonly seen: FileIdentity | null | undefined;
  /** When the file was first seen. */
  readonly since: number;
  /** The file, once it has been unchanged for long enough. */
  readonly stable: FileIdentity | undefined;
}

export const unseen: Stability = { seen: undefined, since: 0, stable: undefined };

/**
 * Updates the state after a look at the file. A file that was unchanged for long enough before the first look is
 * stable immediately.
 */
export function observe(state: Stability, file: FileIdentity | null, now: number, stableFor: number): Stability {
  const isFirst = state.seen === undefined;
  if (file === null) return { seen: null, since: now, stable: undefined };
  const isUnchanged = state.seen !== undefined && state.seen !== null && isSameFile(state.seen, file);
  const since = isUnchanged ? state.since : isFirst ? Math.min(now, file.touched) : now;
  return { seen: file, since, stable: now - since >= stableFor ? file : undefined };
}

export function isSameFile(a: FileIdentity, b: FileIdentity): boolean {
  return a.path === b.path && a.inode === b.inode && a.size === b.size && a.modified === b.modified;
}
