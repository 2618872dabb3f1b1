import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { platform, type TaggedProcess } from '../../process/platform/index.js';

/** Set by the CLI in the environment of every command, also of daemons that left its process tree. */
const THREAD_VARIABLE = 'CODEX_THREAD_ID';
const CLOCK_TICKS_PER_SECOND = 100;
/** A process that forks while it is being killed needs another round. */
const ROUNDS = 8;
const PAUSE_MS = 5;

/** Whether the processes of commands can be found: their environment is readable on Linux only. */
export const canFindCommands = process.platform === 'linux';

/** Returns the time since the boot in clock ticks, as `startTime` of processes has it; 0 where it is not known. */
export function clockTicks(): number {
  try {
    return Math.floor(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * CLOCK_TICKS_PER_SECOND);
  } catch {
    return 0;
  }
}

/**
 * Kills the processes of the commands of threads that started at `since` (clock ticks) or later.
 *
 * @returns the pids that could not be killed
 */
export async function killCommands(
  threadIds: ReadonlySet<string>,
  since: number,
  excluded: readonly (number | undefined)[],
): Promise<readonly number[]> {
  const isCommand = ({ pid, value, startTime }: TaggedProcess): boolean =>
    threadIds.has(value) && Number(startTime) >= since && pid !== process.pid && !excluded.includes(pid);
  let found: readonly TaggedProcess[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    found = platform.listWithVariable(THREAD_VARIABLE).processes.filter(isCommand);
    if (found.length === 0) return [];
    for (const { pid } of found) platform.kill(pid, 'SIGKILL');
    await delay(PAUSE_MS);
  }
  return found.map(({ pid }) => pid);
}
