import { hostProcess } from './host-process.js';

/** A resource of this package, disposed when the process exits. */
export interface OpenResource {
  /** Must not throw, because it also runs in an `exit` listener. */
  disposeSync(): void;
}

const open = new Set<OpenResource>();

/** Registers a resource that `disposeAll` and the exit of the process dispose until it is unregistered. */
export function registerResource(resource: OpenResource): void {
  if (open.size === 0) hostProcess.on('exit', disposeAll);
  open.add(resource);
}

export function unregisterResource(resource: OpenResource): void {
  open.delete(resource);
  if (open.size === 0) hostProcess.off('exit', disposeAll);
}

export const openResources = (): ReadonlySet<OpenResource> => new Set(open);

/** Disposes all resources except those of `before`. */
export function disposeSince(before: ReadonlySet<OpenResource>): void {
  for (const resource of openResources()) if (!before.has(resource)) resource.disposeSync();
}

/**
 * Disposes the open fakes and scripted models of this process and kills their processes.
 *
 * Call it in an `afterEach` hook. `@codex-rx/testing/jest` installs such a hook.
 */
export function disposeAll(): void {
  disposeSince(new Set());
}
