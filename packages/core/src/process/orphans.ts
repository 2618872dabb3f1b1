import { emitCleanupWarning } from '../util/warn-on-error.js';
import { diagnose } from './diagnostics.js';
import { type HostId, hostId } from './host-id.js';
import { platform } from './platform/index.js';
import { processState } from './process-state.js';
import { type Registry, type RegistryEntry, readRegistry } from './registry.js';
import { carriesRunId, RUN_ID_VARIABLE } from './run-id.js';
import type { RunRecord } from './run-record.js';

/**
 * A record with another boot id may be from another machine with the same name. After this time, its runs are assumed
 * to have ended.
 */
const REBOOT_PATIENCE_MS = 24 * 60 * 60 * 1000;
/** Records of other machines and containers expire, because their names may never be used again. */
const FOREIGN_PATIENCE_MS = 30 * REBOOT_PATIENCE_MS;

/** The records that do not belong to a running host. */
export interface Orphans {
  /** Runs whose host has gone. */
  readonly orphaned: readonly RegistryEntry[];
  /** Old records of other machines. */
  readonly expired: readonly RegistryEntry[];
}

/** Reads the records of runs whose host has gone. `reader` is the function that warnings name. Never throws. */
export function readOrphans(reader: string): Orphans {
  let registry: Registry;
  try {
    registry = readRegistry();
  } catch (error) {
    emitCleanupWarning(`${reader} is off, because there is no private folder for its records`, error);
    return { orphaned: [], expired: [] };
  }
  for (const { file, reason } of registry.untrusted) {
    diagnose({ type: 'untrusted', file, reason });
    emitCleanupWarning(`${reader} ignores ${file}, which cannot be trusted`, reason);
  }
  return { orphaned: registry.entries.filter(isOrphaned), expired: registry.entries.filter(isExpired) };
}

function isOrphaned({ record: { host }, writtenAt }: RegistryEntry): boolean {
  const place = placeOf(host);
  if (place === 'here') return processState(host) === 'gone';
  return place === 'earlier boot' && Date.now() - writtenAt > REBOOT_PATIENCE_MS;
}

function isExpired({ record: { host }, writtenAt }: RegistryEntry): boolean {
  return placeOf(host) === 'elsewhere' && Date.now() - writtenAt > FOREIGN_PATIENCE_MS;
}

/** Pids have a meaning only here. */
export function isHere(host: HostId): boolean {
  return placeOf(host) === 'here';
}

function placeOf(host: HostId): 'here' | 'earlier boot' | 'elsewhere' {
  const own = hostId();
  if (host.hostName !== own.hostName) return 'elsewhere';
  if (host.boot !== own.boot) return 'earlier boot';
  return host.pidNamespace === own.pidNamespace ? 'here' : 'elsewhere';
}

/** Returns whether the process of the record still runs, and is that of the run. */
export function isRunning({ id, root }: RunRecord['run']): boolean {
  if (processState(root) !== 'running') return false;
  const variable = platform.variable(root.pid, RUN_ID_VARIABLE);
  // Environments cannot be read on macOS: there pid and start time identify a process.
  if (variable === 'unknown') return process.platform !== 'linux';
  return variable.value !== undefined && carriesRunId(variable.value, id);
}
