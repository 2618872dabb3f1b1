import { readFileSync } from 'node:fs';
import { type ProcessId, platform } from './platform/index.js';

let own: ProcessId | undefined;

/** This process, as others can recognise it later. */
export function hostId(): ProcessId {
  own ??= { pid: process.pid, startTime: platform.find(process.pid)?.startTime ?? '' };
  return own;
}

let boot: string | undefined;

/** Changes with each start of the system: pids and start times of another one mean nothing. `''` where it cannot be known. */
export function bootId(): string {
  if (boot === undefined) {
    try {
      boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    } catch {
      boot = '';
    }
  }
  return boot;
}
