const INTERVAL = 15;

/**
 * Asks again and again until the answer is truthy, and resolves to it; rejects when `deadline` ms have passed.
 *
 * ```ts
 * import { isAlive, waitUntil } from '@codex-rx/testing/processes';
 * import { spawn } from 'node:child_process';
 *
 * const { pid = 0 } = spawn(process.execPath, ['--version']);
 * await waitUntil(() => !isAlive(pid), 30_000);
 * ```
 */
export async function waitUntil<T>(
  predicate: () => T | Promise<T>,
  deadline = 10_000,
): Promise<Exclude<T, false | 0 | '' | null | undefined>> {
  const end = performance.now() + deadline;
  for (;;) {
    const answer = await predicate();
    if (answer) return answer as Exclude<T, false | 0 | '' | null | undefined>;
    if (performance.now() > end)
      throw new Error(`Not within ${deadline} ms: ${String(predicate).slice(0, 200)} (last answer: ${String(answer)})`);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}
