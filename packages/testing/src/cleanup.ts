/** What the kit has open in this process: ended when the process ends, also when a test threw before it could. */
interface OpenResource {
  /** Must not throw: it also runs while the process exits. */
  disposeNow(): void;
}

const open = new Set<OpenResource>();

function disposeAllNow(): void {
  for (const resource of [...open]) resource.disposeNow();
}

/** Until `forget`, the resource is closed at the end of the process and by `disposeAll`. */
export function remember(resource: OpenResource): void {
  if (open.size === 0) process.on('exit', disposeAllNow);
  open.add(resource);
}

export function forget(resource: OpenResource): void {
  open.delete(resource);
  if (open.size === 0) process.off('exit', disposeAllNow);
}

/** Ends every fake that is still open, and all that they started. For an `afterEach`; `@codex-rx/testing/jest` does it by itself. */
export function disposeAll(): void {
  disposeAllNow();
}
