import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import * as t from 'io-ts';
import { warnOnError } from '../util/warn-on-error.js';
import { bootId, hostId } from './host-id.js';
import type { ProcessId } from './platform/index.js';

const processId = t.type({ pid: t.number, startTime: t.string });
const entry = t.type({
  version: t.literal(1),
  boot: t.string,
  host: processId,
  run: t.type({ id: t.string, root: processId, paths: t.array(t.string) }),
});

/** What a later host must know to end a run whose host was killed. */
export type RegistryEntry = t.TypeOf<typeof entry>;

/** One file a run, so that runs do not write over each other; private, as it tells which processes may be killed. */
function registryFolder(): string {
  const owner = process.getuid === undefined ? userInfo().username : String(process.getuid());
  return join(tmpdir(), `codex-rx-${owner}`);
}

/** Records a run; the answer forgets it. A registry that cannot be written only costs `reapOrphans()`, never the run. */
export function registerRun(run: { id: string; root: ProcessId; paths: readonly string[] }): () => void {
  const folder = registryFolder();
  const host = hostId();
  const file = join(folder, `${host.pid}-${run.id}.json`);
  const content: RegistryEntry = { version: 1, boot: bootId(), host, run: { ...run, paths: [...run.paths] } };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isPrivate(folder)) return () => undefined;
    writeFileSync(file, JSON.stringify(content), { mode: 0o600, flag: 'wx' });
  } catch {
    return () => undefined;
  }
  return () => {
    forgetFile(file);
  };
}

function forgetFile(file: string): void {
  warnOnError(`could not remove ${file}`, () => {
    rmSync(file, { force: true });
  });
}

/** All records of this user, with a way to forget each. A folder or file that somebody else could have written is not read. */
export function readRegistry(): { record: RegistryEntry; forget: () => void }[] {
  const folder = registryFolder();
  const found: { record: RegistryEntry; forget: () => void }[] = [];
  for (const name of privateFiles(folder)) {
    const file = join(folder, name);
    const forget = (): void => {
      forgetFile(file);
    };
    try {
      const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (entry.is(value)) found.push({ record: value, forget });
    } catch {
      // Half-written by a host that was killed just then, or gone meanwhile.
    }
  }
  return found;
}

/** A real folder, no link, that nobody else can write to. */
function isPrivate(folder: string): boolean {
  const info = lstatSync(folder);
  const isOwn = process.getuid === undefined || (info.uid === process.getuid() && (info.mode & 0o022) === 0);
  return isOwn && info.isDirectory();
}

function privateFiles(folder: string): string[] {
  try {
    return isPrivate(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  } catch {
    return [];
  }
}
