import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ProcessId } from './platform/index.js';
import { startTimeOf } from './process-state.js';

/** A process, and where its pid has a meaning. */
export interface HostId extends ProcessId {
  readonly hostName: string;
  /** Changes with each start of the system; `''` where it is not known. */
  readonly boot: string;
  /** Containers of a machine share its boot id and have different pids. `''` on systems without namespaces. */
  readonly pidNamespace: string;
}

let own: HostId | undefined;

/** Returns how another process can identify this one later. */
export function hostId(): HostId {
  own ??= {
    pid: process.pid,
    startTime: startTimeOf(process.pid),
    hostName: hostname(),
    boot: textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidNamespace: textOf(() => readlinkSync('/proc/self/ns/pid')),
  };
  return own;
}

function textOf(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
