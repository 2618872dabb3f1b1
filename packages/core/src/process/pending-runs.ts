import { setTimeout as delay } from 'node:timers/promises';
import { reportPendingRun } from '../interop/index.js';
import { isThreadId } from '../request/thread-id.js';
import type { AnyRunRequest } from '../request/types.js';

/** Runs whose consumer has left, until their process is gone: the next run of the same Observable, or on the same thread, waits for them. */
const leaving = new Map<string, Set<Promise<unknown>>>();
const all = new Set<Promise<unknown>>();

/** Every run counts until nothing of it is left. Who made its signal may wait for that, also when nobody listens to the run any more. */
export function trackPending(settled: Promise<unknown>, signal?: AbortSignal): void {
  all.add(settled);
  void settled.finally(() => all.delete(settled));
  reportPendingRun(signal, settled);
}

/** Keeps later runs on this thread waiting until `settled`. */
export function markEnding(threadId: string, settled: Promise<unknown>): void {
  const key = threadId.toLowerCase();
  const runs = leaving.get(key) ?? new Set();
  leaving.set(key, runs.add(settled));
  void settled.finally(() => {
    runs.delete(settled);
    if (runs.size === 0) leaving.delete(key);
  });
}

/** The runs to wait for before a request goes on with a thread; for a session that is not named by its id, all that are leaving. */
export function runsEndingOn(request: AnyRunRequest): Promise<unknown>[] {
  if (request.command !== 'resume' && request.command !== 'fork') return [];
  const { session } = request;
  if (typeof session === 'string' && isThreadId(session)) return [...(leaving.get(session.toLowerCase()) ?? [])];
  return [...leaving.values()].flatMap((runs) => [...runs]);
}

/** Waits for runs to settle, for so many ms at most. */
export async function waitForRuns(runs: readonly Promise<unknown>[], limit: number): Promise<void> {
  if (runs.length === 0) return;
  const timer = new AbortController();
  const expired = delay(limit, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([Promise.allSettled(runs), expired]);
  timer.abort();
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
