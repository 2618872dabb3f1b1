import { setTimeout as delay } from 'node:timers/promises';
import { reportPendingRun } from '../interop/index.js';
import { isThreadId } from '../request/thread-id.js';
import type { AnyRunRequest } from '../request/types.js';

/**
 * Runs whose subscriber has unsubscribed, until their process has exited. The next run of the same Observable, or on
 * the same thread, waits for them.
 */
const leaving = new Map<string, Set<Promise<unknown>>>();
const all = new Set<Promise<unknown>>();
/** Functions that stop what no run uses. */
const idleStops = new Set<() => Promise<unknown>>();

/**
 * Tracks a run until its processes and temporary files are gone. Reports it to the creator of `signal`, which can
 * wait for it even if the run has no subscriber left.
 */
export function trackPending(settled: Promise<unknown>, signal?: AbortSignal): void {
  all.add(settled);
  void settled.finally(() => all.delete(settled));
  reportPendingRun(signal, settled);
}

/** Makes later runs on the thread of a run wait until the run has ended. */
export function markRunEnding(request: AnyRunRequest, threadId: string | undefined, ended: Promise<unknown>): void {
  if (threadId !== undefined) markEnding(threadId, ended);
  // Before its first event a run works already on the thread that it resumes.
  else if (request.command === 'resume' && typeof request.session === 'string') markEnding(request.session, ended);
}

/** Makes later runs on this thread wait for `settled`. */
export function markEnding(threadId: string, settled: Promise<unknown>): void {
  const key = threadId.toLowerCase();
  const runs = leaving.get(key) ?? new Set();
  leaving.set(key, runs.add(settled));
  void settled.finally(() => {
    runs.delete(settled);
    if (runs.size === 0) leaving.delete(key);
  });
}

/**
 * Returns the runs to wait for before a request continues a thread. Returns all ending runs if the session is not
 * named by its id.
 */
export function runsEndingOn(request: AnyRunRequest): Promise<unknown>[] {
  if (request.command !== 'resume' && request.command !== 'fork') return [];
  const { session } = request;
  if (typeof session === 'string' && isThreadId(session)) return [...(leaving.get(session.toLowerCase()) ?? [])];
  return [...leaving.values()].flatMap((runs) => [...runs]);
}

/** Waits for runs to settle, at most `limit` ms. */
export async function waitForRuns(runs: readonly Promise<unknown>[], limit: number): Promise<void> {
  if (runs.length === 0) return;
  const timer = new AbortController();
  const expired = delay(limit, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([Promise.allSettled(runs), expired]);
  timer.abort();
}

/**
 * Resolves when this process has no remaining runs: all their processes have exited and all temporary files are
 * removed. Also closes the servers of clients with `transport: 'app-server'` that no run uses. Await it before an
 * application exits.
 *
 * @example
 * ```ts
 * import { whenIdle } from '@codex-rx/core';
 *
 * await whenIdle();
 * ```
 */
export async function whenIdle(): Promise<void> {
  do {
    while (all.size > 0) await Promise.allSettled(all);
    await Promise.all([...idleStops].map((stop) => stop()));
  } while (all.size > 0);
}

/** Makes `whenIdle()` call `stop` when no run remains. Returns a function that undoes it. */
export function stopWhenIdle(stop: () => Promise<unknown>): () => void {
  idleStops.add(stop);
  return () => {
    idleStops.delete(stop);
  };
}
