import type { ProcessId, ProcessInfo } from './platform/index.js';

/** All descendants of a process in a listing, nearest first. The listing must be from while the process lived: children of the dead are adopted. */
export function descendantsOf(root: number, processes: readonly ProcessInfo[]): ProcessInfo[] {
  const children = new Map<number, ProcessInfo[]>();
  for (const info of processes) {
    const siblings = children.get(info.ppid);
    if (siblings === undefined) children.set(info.ppid, [info]);
    else siblings.push(info);
  }
  const found: ProcessInfo[] = [];
  const seen = new Set([root]);
  const queue = [root];
  for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
    for (const child of children.get(pid) ?? []) {
      if (seen.has(child.pid)) continue;
      seen.add(child.pid);
      found.push(child);
      queue.push(child.pid);
    }
  }
  return found;
}

/**
 * The living members of a group whose leader is gone. While a group has members its number is given to no new process, so that a listing
 * with a leader of that pid that is not `leader` shows a reused number, and the group is not ours.
 */
export function orphanedGroup(leader: ProcessId, processes: readonly ProcessInfo[]): ProcessInfo[] {
  const current = processes.find((info) => info.pid === leader.pid);
  if (current !== undefined && current.startTime !== leader.startTime) return [];
  return processes.filter((info) => info.pgid === leader.pid);
}
