import { hostProcess } from './host-process.js';

/** What the kit has open in this process: ended when the process ends, also when a test threw before it could. */
export interface OpenResource {
  /** Must not throw: it also runs while the process exits. */
  disposeSync(): void;
}

const open = new Set<OpenResource>();

/** Until `forget`, the resource is closed at the end of the process and by `disposeAll`. */
export function registerResource(resource: OpenResource): void {
  if (open.size === 0) hostProcess.on('exit', disposeAll);
  open.add(resource);
}

export function unregisterResource(resource: OpenResource): void {
  open.delete(resource);
  if (open.size === 0) hostProcess.off('exit', disposeAll);
}

export const openResources = (): ReadonlySet<OpenResource> => new Set(open);

/** Ends all but these. */
export function disposeSince(before: ReadonlySet<OpenResource>): void {
  for (const resource of openResources()) if (!before.has(resource)) resource.disposeSync();
}

/** Ends everything of the kit that is still open, and all that it started. For a hook after tests; `@codex-rx/testing/jest` does it by itself. */
export function disposeAll(): void {
  disposeSince(new Set());
}
