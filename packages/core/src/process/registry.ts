import { closeSync, constants, fstatSync, readdirSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage } from '../util/error-message.js';
import { openSafely } from '../util/open-safely.js';
import { warnOnError } from '../util/warn-on-error.js';
import { diagnose } from './diagnostics.js';
import { hostId } from './host-id.js';
import { formatRecord, isPathOf, parseRecord, type RunRecord } from './run-record.js';
import { createStateFolder } from './state-folder.js';

const RECORD = /^([\da-f-]{36})\.json$/;
const PARTIAL = /^[\da-f-]{36}\.part$/;
const MAX_RECORD_BYTES = 64 * 1024;
/** A host that writes a record at this moment finishes it well before. */
const PARTIAL_PATIENCE_MS = 60_000;

export interface RegistryEntry {
  readonly record: RunRecord;
  /** Time of the record, in ms since 1970. */
  readonly writtenAt: number;
  readonly forget: () => void;
}

export interface Registry {
  readonly entries: readonly RegistryEntry[];
  /** Files that are not records of runs, or not trustworthy, each with the reason. */
  readonly untrusted: readonly { readonly file: string; readonly reason: string }[];
}

/** One file per run, so that runs do not overwrite each other. Private: it decides which processes are killed. */
const createRegistryFolder = (): string => createStateFolder('runs');

/**
 * Records a run. Returns a function that removes the record. Without a writable registry, the run starts, but
 * `reapOrphans()` does not find it.
 */
export function registerRun(run: RunRecord['run']): () => void {
  try {
    const folder = createRegistryFolder();
    const file = join(folder, `${run.id}.json`);
    const paths = run.paths.filter((path) => isPathOf(run.id, path));
    writeAtomically(file, formatRecord({ host: hostId(), run: { ...run, paths } }));
    return () => {
      forgetFile(file);
    };
  } catch (error) {
    diagnose({ type: 'unregistered', runId: run.id, reason: errorMessage(error) });
    return () => undefined;
  }
}

/**
 * Reads all records of this user. Empty and partial ones, left by a full disk or a killed host, are removed.
 *
 * @throws Error with the reason if this user has no registry
 */
export function readRegistry(): Registry {
  const folder = createRegistryFolder();
  const entries: RegistryEntry[] = [];
  const untrusted: { file: string; reason: string }[] = [];
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    try {
      const entry = readEntry(file, name);
      if (entry !== undefined) entries.push(entry);
    } catch (error) {
      // Another host may have removed it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') untrusted.push({ file, reason: errorMessage(error) });
    }
  }
  return { entries, untrusted };
}

function readEntry(file: string, name: string): RegistryEntry | undefined {
  const [, id] = RECORD.exec(name) ?? [];
  if (id === undefined && !PARTIAL.test(name)) throw new Error('it is not a record of a run');
  const { text, writtenAt } = readPrivateFile(file);
  const forget = (): void => {
    forgetFile(file);
  };
  if (id === undefined) {
    if (Date.now() - writtenAt > PARTIAL_PATIENCE_MS) forget();
    return undefined;
  }
  const value = parseJson(text);
  if (value === undefined) {
    forget();
    return undefined;
  }
  const record = parseRecord(value);
  if (typeof record === 'string') throw new Error(record);
  if (record.run.id !== id) throw new Error('it is the record of another run');
  return { record, writtenAt, forget };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readPrivateFile(file: string): { text: string; writtenAt: number } {
  const descriptor = openSafely(file, { flags: constants.O_RDONLY, isPrivate: true });
  try {
    const { size, mtimeMs } = fstatSync(descriptor);
    if (size > MAX_RECORD_BYTES) throw new Error(`it is larger than ${String(MAX_RECORD_BYTES)} bytes`);
    const bytes = Buffer.alloc(size);
    const length = readSync(descriptor, bytes, 0, size, 0);
    return { text: bytes.toString('utf8', 0, length), writtenAt: mtimeMs };
  } finally {
    closeSync(descriptor);
  }
}

/** Another host never reads a part of the record. */
function writeAtomically(file: string, text: string): void {
  const part = file.replace(/\.json$/, '.part');
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  const descriptor = openSafely(part, { flags: O_WRONLY | O_CREAT | O_EXCL, isPrivate: true });
  try {
    try {
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
    } finally {
      closeSync(descriptor);
    }
    renameSync(part, file);
  } catch (error) {
    forgetFile(part);
    throw error;
  }
}

function forgetFile(file: string): void {
  warnOnError(`could not remove ${file}`, () => {
    rmSync(file, { force: true });
  });
}
