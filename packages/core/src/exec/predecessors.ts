/** Runs whose consumer has left, until their process is gone: the next run of the same Observable, or on the same thread, waits for them. */
const leaving = new Map<string, Set<Promise<unknown>>>();
const all = new Set<Promise<unknown>>();

/** Every run counts until nothing of it is left. */
export function trackSettling(settled: Promise<unknown>): void {
  all.add(settled);
  void settled.finally(() => all.delete(settled));
}

/** Keeps later runs on this thread waiting until `settled`. */
export function leaveThread(threadId: string, settled: Promise<unknown>): void {
  const key = threadId.toLowerCase();
  const runs = leaving.get(key) ?? new Set();
  leaving.set(key, runs.add(settled));
  void settled.finally(() => {
    runs.delete(settled);
    if (runs.size === 0) leaving.delete(key);
  });
}

/** The runs to wait for before a thread is continued; for a session that is not known by its id, all that are leaving. */
export function leavingThread(threadId: string | undefined): Promise<unknown>[] {
  if (threadId !== undefined) return [...(leaving.get(threadId.toLowerCase()) ?? [])];
  return [...leaving.values()].flatMap((runs) => [...runs]);
}

/**
 * Settles when no run of this process is left: all processes gone, all temporary files removed. For an orderly end of an application.
 *
 * @example
 * ```ts
 * import { whenIdle } from '@codex-rx/core';
 *
 * await whenIdle();
 * ```
 */
export async function whenIdle(): Promise<void> {
  while (all.size > 0) await Promise.allSettled(all);
}
