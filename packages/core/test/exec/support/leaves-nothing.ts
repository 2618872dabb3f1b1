import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { whenIdle } from '@codex-rx/core';
import { disposeAll } from '@codex-rx/testing';
import { findProcesses, waitUntil } from '@codex-rx/testing/processes';

const HOST_EVENTS = [
  'exit',
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGQUIT',
  'SIGUSR2',
  'SIGALRM',
  'newListener',
  'removeListener',
  'beforeExit',
  'uncaughtException',
  'unhandledRejection',
];
/** The global `process` of Jest is a copy. */
const hostProcess = runInThisContext('process') as NodeJS.Process;
const listeners = (): number[] => HOST_EVENTS.map((event) => hostProcess.listenerCount(event));

/** A variable of the environment by which all processes of one test are found, wherever they went. */
const MARK = 'RX_TEST_MARK';

export interface Place {
  /** Private folder of this test; temporary files go to `tmp` in it, records of runs to `state`. */
  readonly folder: string;
  readonly tmp: string;
  readonly state: string;
  /** Private folder of the runs. */
  readonly runs: string;
  /** For `env` of a request: what its processes are found by. */
  readonly mark: Readonly<Record<string, string>>;
  /** Living processes with the mark. */
  living(): number[];
}

/** All files and folders in a folder. */
export const temporaryFiles = (folder: string): string[] => readdirSync(folder, { recursive: true }).map(String);

/** The records of runs. */
function records({ state }: Pick<Place, 'state'>): string[] {
  const folder = join(state, 'codex-rx', 'runs');
  return existsSync(folder) ? readdirSync(folder) : [];
}

/**
 * Creates a private folder for temporary files for each test of a file. Afterwards asserts that no process, file or
 * listener on the host process remains, and that no warning was emitted.
 */
export function leavesNothing(): Place {
  let folder = '';
  const stateHome = process.env.XDG_STATE_HOME;
  let before: number[] = [];
  let warnings: jest.SpyInstance;
  let tmpdir: jest.SpyInstance;
  let cache = '';
  const cacheBefore = process.env.XDG_CACHE_HOME;
  const id = (): string => folder.slice(-12);
  const place: Place = {
    get folder() {
      return folder;
    },
    get tmp() {
      return join(folder, 'tmp');
    },
    get state() {
      return join(folder, 'state');
    },
    get runs() {
      return join(cache, 'codex-rx', 'runs');
    },
    get mark() {
      return { [MARK]: id() };
    },
    living: () => findProcesses(MARK, id()),
  };
  beforeEach(() => {
    folder = mkdtempSync(join(os.tmpdir(), 'rx-test-'));
    mkdirSync(place.tmp);
    process.env.XDG_STATE_HOME = place.state;
    const caches = join(os.homedir(), '.cache');
    mkdirSync(caches, { recursive: true });
    cache = mkdtempSync(join(caches, 'rx-test-'));
    process.env.XDG_CACHE_HOME = cache;
    tmpdir = jest.spyOn(os, 'tmpdir').mockReturnValue(place.tmp);
    warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    before = listeners();
  });
  afterEach(async () => {
    await whenIdle();
    disposeAll();
    try {
      await waitUntil(() => place.living().length === 0);
      // The answer to a run can come before its record has gone.
      await waitUntil(() => records(place).length === 0).catch(() => undefined);
      expect(temporaryFiles(place.tmp)).toEqual([]);
      expect(records(place)).toEqual([]);
      expect(existsSync(place.runs) ? readdirSync(place.runs) : []).toEqual([]);
      // Listeners of an earlier test file may go meanwhile.
      expect(listeners().filter((count, i) => count > (before[i] ?? 0))).toEqual([]);
      expect(warnings.mock.calls).toEqual([]);
    } finally {
      warnings.mockRestore();
      tmpdir.mockRestore();
      if (stateHome === undefined) delete process.env.XDG_STATE_HOME;
      else process.env.XDG_STATE_HOME = stateHome;
      if (cacheBefore === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = cacheBefore;
      rmSync(cache, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return place;
}
