import { basename, isAbsolute } from 'node:path';
import type { HostId } from './host-id.js';
import type { ProcessId } from './platform/index.js';
import { temporaryName } from './temporary-folder.js';

const VERSION = 2;

/** A run in the registry: the data with which a later host can kill a run whose host was killed. */
export interface RunRecord {
  readonly host: HostId;
  readonly run: {
    readonly id: string;
    readonly root: ProcessId;
    /** Temporary folders. Their names contain the id of the run. */
    readonly paths: readonly string[];
  };
}

export const formatRecord = ({ host, run }: RunRecord): string => JSON.stringify({ version: VERSION, host, run });

/**
 * Validates a record. Each field is validated: it decides which processes are killed and which folders are removed.
 *
 * @returns the record, or what is wrong
 */
export function parseRecord(value: unknown): RunRecord | string {
  const { version, host, run } = objectOf(value);
  if (version !== VERSION) return `its version is not ${String(VERSION)}`;
  const { id, root, paths } = objectOf(run);
  if (!isRunId(id)) return '"run.id" is not the id of a run';
  if (!isProcessId(root, 2)) return '"run.root" does not identify a process';
  if (!isHostId(host)) return '"host" does not identify a process';
  if (!Array.isArray(paths) || !paths.every((path) => isPathOf(id, path)))
    return '"run.paths" contains a path that is not of this run';
  return { host: pickHost(host), run: { id, root: pickProcess(root), paths: [...paths] } };
}

const isRunId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(value);

/** Returns whether a path is a temporary folder of this run. */
export const isPathOf = (runId: string, path: unknown): path is string =>
  typeof path === 'string' && isAbsolute(path) && basename(path) === temporaryName(runId);

const isProcessId = (value: unknown, lowest: number): value is ProcessId => {
  const { pid, startTime } = objectOf(value);
  return Number.isSafeInteger(pid) && (pid as number) >= lowest && isShort(startTime);
};

/** The host may be process 1 of a container. */
const isHostId = (value: unknown): value is HostId => {
  const { hostName, boot, pidNamespace } = objectOf(value);
  return isProcessId(value, 1) && [hostName, boot, pidNamespace].every(isShort);
};

const isShort = (value: unknown): value is string => typeof value === 'string' && value.length <= 256;

const pickProcess = ({ pid, startTime }: ProcessId): ProcessId => ({ pid, startTime });

const pickHost = (host: HostId): HostId => ({
  ...pickProcess(host),
  hostName: host.hostName,
  boot: host.boot,
  pidNamespace: host.pidNamespace,
});

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
