import { findProcesses } from '../processes/find-processes.js';
import { waitUntil } from '../processes/wait-until.js';

/** A CLI that loses its model exits by itself, unless it waits for a command. */
const EXIT_GRACE_MS = 2_000;

/**
 * Waits until the processes of a Codex home have exited; kills those that run after 2 s.
 *
 * A process that outlives the removal of its home would create the home again.
 */
export async function terminateHomeProcesses(codexHome: string): Promise<void> {
  const haveExited = () => homeProcesses(codexHome).length === 0;
  await waitUntil(haveExited, EXIT_GRACE_MS).catch(() => {
    terminateHomeProcessesSync(codexHome);
  });
  await waitUntil(haveExited).catch(() => {
    process.emitWarning(
      `codex-rx: processes of ${codexHome} could not be killed: ${homeProcesses(codexHome).join(', ')}`,
    );
  });
}

/** Kills the processes of a Codex home without waiting. Repeats the search, because a process may fork during it. */
export function terminateHomeProcessesSync(codexHome: string): void {
  const killed = new Set<number>();
  for (;;) {
    const found = homeProcesses(codexHome).filter((pid) => !killed.has(pid));
    if (found.length === 0) return;
    for (const pid of found) {
      killed.add(pid);
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // The process has exited.
      }
    }
  }
}

function homeProcesses(codexHome: string): readonly number[] {
  return findProcesses('CODEX_HOME', codexHome);
}
