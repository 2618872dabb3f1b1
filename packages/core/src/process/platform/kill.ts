/** `process.kill` that answers instead of throwing: a process that is gone, or not ours, is no reason to fail in a teardown. */
export function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
