/** What the kit has open in this process: ended when the process ends, also when a test threw before it could. */
export interface OpenResource {
  /** Must not throw: it also runs while the process exits. */
  disposeNow(): void;
}

const open = new Set<OpenResource>();

/** Until `forget`, the resource is closed at the end of the process and by `disposeAll`. */
export function remember(resource: OpenResource): void {
  if (open.size === 0) process.on('exit', disposeAll);
  open.add(resource);
}

export function forget(resource: OpenResource): void {
  open.delete(resource);
  if (open.size === 0) process.off('exit', disposeAll);
}

export const openNow = (): ReadonlySet<OpenResource> => new Set(open);

/** Ends all but these. */
export function disposeSince(before: ReadonlySet<OpenResource>): void {
  for (const resource of openNow()) if (!before.has(resource)) resource.disposeNow();
}

/** Ends everything of the kit that is still open, and all that it started. For a hook after tests; `@codex-rx/testing/jest` does it by itself. */
export function disposeAll(): void {
  disposeSince(new Set());
}
