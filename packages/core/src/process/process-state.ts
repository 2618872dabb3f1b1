import { type ProcessId, platform } from './platform/index.js';

/** Returns the start time of a running process, or `''` if it is not known. */
export function startTimeOf(pid: number): string {
  const found = platform.find(pid);
  return typeof found === 'object' ? found.startTime : '';
}

/**
 * Returns whether a process still runs. Returns `unknown` if the state cannot be read, or without a start time that
 * identifies the process.
 */
export function processState(id: ProcessId): 'running' | 'gone' | 'unknown' {
  const found = platform.find(id.pid);
  if (typeof found === 'string') return found;
  if (found.startTime === '' || id.startTime === '') return 'unknown';
  return found.startTime === id.startTime ? 'running' : 'gone';
}
