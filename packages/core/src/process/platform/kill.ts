/**
 * Calls `process.kill`. Returns `false` instead of throwing: a teardown continues if a process has exited or belongs
 * to another user.
 */
export function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Returns whether a process has this pid, also one of another user. */
export function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
