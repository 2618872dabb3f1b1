const INTERVAL_MS = 15;

/**
 * Calls a predicate every 15 ms until it returns a truthy value.
 *
 * @example
 * ```ts
 * import { isAlive, waitUntil } from '@codex-rx/testing/processes';
 * import { spawn } from 'node:child_process';
 *
 * const { pid = 0 } = spawn(process.execPath, ['--version']);
 * await waitUntil(() => !isAlive(pid), 30_000);
 * ```
 *
 * @param predicate may return a promise; errors reject
 * @param deadline in ms
 * @returns a promise of the first truthy value. It rejects after `deadline` ms.
 */
export async function waitUntil<T>(
  predicate: () => T | Promise<T>,
  deadline = 10_000,
): Promise<Exclude<T, false | 0 | '' | null | undefined>> {
  const end = performance.now() + deadline;
  for (;;) {
    const value = await predicate();
    if (value) return value as Exclude<T, false | 0 | '' | null | undefined>;
    if (performance.now() > end)
      throw new Error(
        `Timed out after ${deadline} ms: ${String(predicate).slice(0, 200)} (last value: ${String(value)})`,
      );
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}
