/** What tells one content of a file from the next. */
export interface FileIdentity {
  readonly path: string;
  readonly inode: number;
  readonly size: number;
  /** Last change of the content, ms since 1970. */
  readonly modified: number;
  /**
   * Last change of anything, ms since 1970. No program can set it, so it tells how long the file has been left alone;
   * but a new hard link changes it too, so it does not tell one content from the next.
   */
  readonly touched: number;
}

export interface Stability {
  /** What was seen last; `undefined` at first, `null` if there was nothing to run. */
  readonly seen: FileIdentity | null | undefined;
  /** Since when it has been seen. */
  readonly since: number;
  /** What is seen, once it has been left alone for long enough. */
  readonly stable: FileIdentity | undefined;
}

export const unseen: Stability = { seen: undefined, since: 0, stable: undefined };

/** One look at the file. A file that had long been unchanged when it was first looked at need not be waited for. */
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
