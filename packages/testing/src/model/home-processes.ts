import { findProcesses } from '../processes/find-processes.js';
import { waitUntil } from '../processes/wait-until.js';

/** A CLI that loses its model ends by itself, unless it waits for something. */
const GRACE = 2_000;

/** Waits for the processes of a Codex home to leave, and ends those that do not: they would write it anew after it was removed. */
export async function terminateHomeProcesses(codexHome: string): Promise<void> {
  const gone = () => tenants(codexHome).length === 0;
  await waitUntil(gone, GRACE).catch(() => {
    terminateHomeProcessesSync(codexHome);
  });
  await waitUntil(gone).catch(() => {
    process.emitWarning(`codex-rx: processes of ${codexHome} cannot be ended: ${tenants(codexHome).join(', ')}`);
  });
}

/** Kills them at once, without waiting. Looks again until it finds nobody new: one of them may have forked while it looked. */
export function terminateHomeProcessesSync(codexHome: string): void {
  const killed = new Set<number>();
  for (;;) {
    const found = tenants(codexHome).filter((pid) => !killed.has(pid));
    if (found.length === 0) return;
    for (const pid of found) {
      killed.add(pid);
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has just gone.
      }
    }
  }
}

function tenants(codexHome: string): readonly number[] {
  return findProcesses('CODEX_HOME', codexHome);
}
