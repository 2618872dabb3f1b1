import type { ProcessId, ProcessInfo } from './platform/index.js';
import type { ProcessTable } from './process-table.js';

/**
 * Returns all descendants of a process, nearest first. The table must have been taken while the process lived: the children of an ended
 * process have another parent.
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
 * Returns the running members of a group whose leader has exited. The number of a group with members is not reused for a process. So a
 * leader with this pid that is not `leader` shows that the number was reused, and that the group is another one.
 */
export function orphanedGroup(leader: ProcessId, table: ProcessTable): readonly ProcessInfo[] {
  const current = table.find(leader.pid);
  if (current !== undefined && current.startTime !== leader.startTime) return [];
  return table.group(leader.pid);
}
