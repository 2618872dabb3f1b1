import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { exists, kill } from './kill.js';
import type { ProcessPlatform } from './types.js';

export type RunCommand = (file: string, args: readonly string[]) => void;

const runCommand: RunCommand = (file, args) => {
  spawnSync(file, args, { stdio: 'ignore', windowsHide: true, timeout: 10_000 });
};

/**
 * Windows has neither process groups nor signals: `taskkill /T /F` kills a whole process tree. Calls it by its
 * absolute path, so that a `taskkill` in the working directory is not run. Calls it without a shell, which would
 * rewrite the slashes of its options.
 */
export function win32(
  run: RunCommand = runCommand,
  systemRoot = process.env.SystemRoot ?? 'C:\\Windows',
): ProcessPlatform {
  return {
    groups: false,
    gracefulSignals: false,
    list: () => ({ processes: [], isComplete: true, isStable: true }),
    find: (pid) => (exists(pid) ? { pid, ppid: 0, pgid: 0, startTime: '' } : 'gone'),
    listWithVariable: () => ({ processes: [], isComplete: true, isStable: true }),
    variable: () => 'unknown',
    kill(pid, signal) {
      if (signal !== 'SIGKILL') return kill(pid, signal);
      run(join(systemRoot, 'System32', 'taskkill.exe'), ['/PID', String(pid), '/T', '/F']);
      return true;
    },
  };
}
