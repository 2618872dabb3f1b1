import type { ProcessId, ProcessInfo } from './platform/index.js';
import type { ProcessTable } from './process-table.js';

/**
 * Returns all descendants of a process, nearest first. The table must be from the time when the process ran: the
 * children of an exited process have another parent.
 */
export function descendantsOf(root: number, table: ProcessTable): ProcessInfo[] {
  const found: ProcessInfo[] = [];
  const seen = new Set([root]);
  const queue = [root];
  for (const pid of queue) {
    for (const child of table.childrenOf(pid)) {
      if (seen.has(child.pid)) continue;
      seen.add(child.pid);
      found.push(child);
      queue.push(child.pid);
    }
  }
  return found;
}

/**
 * Returns the running members of a group whose leader has exited. The system does not reuse the number of a group
 * with members for a process. So a process with this pid that is not `leader` shows that this is a different group.
 */
export function orphanedGroup(leader: ProcessId, table: ProcessTable): readonly ProcessInfo[] {
  const current = table.find(leader.pid);
  if (current !== undefined && current.startTime !== leader.startTime) return [];
  return table.group(leader.pid);
}
