import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { readRegistry, registerRun } from '../../src/process/registry.js';
import { createRunId } from '../../src/process/run-id.js';

const id = createRunId();
const run = { id, root: { pid: 42, startTime: '7' }, paths: [`/tmp/codex-rx-${id}`] };

let state: string;
let registry: string;
const before = { ...process.env };
beforeEach(() => {
  state = mkdtempSync(join(os.tmpdir(), 'rx-registry-'));
  registry = join(state, 'codex-rx', 'runs');
  process.env.XDG_STATE_HOME = state;
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...before };
  rmSync(state, { recursive: true, force: true });
});

const file = (name = `${id}.json`): string => join(registry, name);
/** Registers a run and changes its record. */
function forge(change: (record: { host: Record<string, unknown>; run: Record<string, unknown> }) => unknown): void {
  registerRun(run);
  const record = JSON.parse(readFileSync(file(), 'utf8')) as never;
  writeFileSync(file(), JSON.stringify(change(record) ?? record));
}
const reasons = (): string[] => readRegistry().untrusted.map(({ reason }) => reason);

describe('the registry', () => {
  it('contains one private file per run, in a private folder, until the run is forgotten', () => {
    const forget = registerRun(run);
    expect(statSync(registry).mode & 0o777).toBe(0o700);
    expect(readdirSync(registry)).toEqual([`${id}.json`]);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readRegistry()).toMatchObject({ entries: [{ record: { host: { pid: process.pid }, run } }], untrusted: [] });
    forget();
    forget();
    expect(readRegistry()).toEqual({ entries: [], untrusted: [] });
    expect(readdirSync(registry)).toEqual([]);
  });

  it('is in ~/.local/state without XDG_STATE_HOME or with a relative one', () => {
    const home = mkdtempSync(join(os.homedir(), 'rx-home-'));
    try {
      jest.spyOn(os, 'homedir').mockReturnValue(home);
      for (const value of [undefined, 'relative']) {
        if (value === undefined) delete process.env.XDG_STATE_HOME;
        else process.env.XDG_STATE_HOME = value;
        registerRun(run);
        expect(readdirSync(join(home, '.local', 'state', 'codex-rx', 'runs'))).toEqual([`${id}.json`]);
        expect(statSync(join(home, '.local')).mode & 0o777).toBe(0o700);
        rmSync(join(home, '.local'), { recursive: true });
      }
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it('is off if the home folder is in a temporary folder, to which agents can write', () => {
    delete process.env.XDG_STATE_HOME;
    jest.spyOn(os, 'homedir').mockReturnValue(state);
    registerRun(run);
    expect(readRegistry).toThrow('is in a temporary folder');
    expect(readdirSync(state)).toEqual([]);
  });

  it('is off without a home folder', () => {
    delete process.env.XDG_STATE_HOME;
    jest.spyOn(os, 'homedir').mockReturnValue('');
    registerRun(run)();
    expect(readRegistry).toThrow('there is no home folder');
  });

  it.each([
    ['the registry is', () => registry],
    ['its parent is', () => join(state, 'codex-rx')],
  ])('is off if %s accessible to other users', (_what, folder) => {
    registerRun(run)();
    chmodSync(folder(), 0o777);
    registerRun(run);
    expect(readRegistry).toThrow('is accessible to other users');
    expect(readdirSync(registry)).toEqual([]);
  });

  it('is off if other users can rename a folder above it', () => {
    chmodSync(state, 0o777);
    expect(readRegistry).toThrow('is writable by other users');
    chmodSync(state, 0o1777);
    expect(readRegistry().entries).toEqual([]);
  });

  it('is off behind a link', () => {
    registerRun(run)();
    const elsewhere = join(state, 'elsewhere');
    renameSync(registry, elsewhere);
    symlinkSync(elsewhere, registry);
    registerRun(run);
    expect(readRegistry).toThrow('is not a folder');
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('only costs the record if it cannot be written', () => {
    mkdirSync(join(state, 'codex-rx'), { mode: 0o700 });
    writeFileSync(registry, 'a file in the place of the folder');
    registerRun(run)();
    expect(readRegistry).toThrow('is not a folder');
  });

  it('removes empty records and half ones', () => {
    registerRun(run);
    const text = readFileSync(file(), 'utf8');
    for (const part of ['', '\n', text.slice(0, -1), text.slice(0, 20)]) {
      writeFileSync(file(), part);
      expect(readRegistry()).toEqual({ entries: [], untrusted: [] });
      expect(readdirSync(registry)).toEqual([]);
    }
  });

  it('removes an unfinished file after a minute', () => {
    registerRun(run)();
    writeFileSync(file(`${id}.part`), '{"ver');
    readRegistry();
    expect(readdirSync(registry)).toEqual([`${id}.part`]);
    const old = Date.now() / 1_000 - 120;
    utimesSync(file(`${id}.part`), old, old);
    readRegistry();
    expect(readdirSync(registry)).toEqual([]);
  });
});

describe('a record that cannot be trusted', () => {
  it.each<[string, Parameters<typeof forge>[0], string]>([
    ['of another version', (record) => ({ ...record, version: 3 }), 'its version is not 2'],
    ['of process 1', ({ run: one }) => void (one.root = { pid: 1, startTime: '7' }), '"run.root"'],
    ['of a group', ({ run: one }) => void (one.root = { pid: -42, startTime: '7' }), '"run.root"'],
    [
      'with a pid that is not an integer',
      ({ run: one }) => void (one.root = { pid: 4.2, startTime: '7' }),
      '"run.root"',
    ],
    ['without a start time', ({ run: one }) => void (one.root = { pid: 42 }), '"run.root"'],
    [
      'without a pid namespace',
      ({ host }) => {
        delete host.pidNamespace;
      },
      '"host"',
    ],
    [
      'without a host name',
      ({ host }) => {
        delete host.hostName;
      },
      '"host"',
    ],
    ['with an id that is not one', ({ run: one }) => void (one.id = '../x'), '"run.id"'],
    ['of another run', ({ run: one }) => void Object.assign(one, { id: createRunId(), paths: [] }), 'of another run'],
    ['with a foreign path', ({ run: one }) => void (one.paths = ['/tmp/codex-rx-AbCdEf']), '"run.paths"'],
    ['with a relative path', ({ run: one }) => void (one.paths = [`codex-rx-${id}`]), '"run.paths"'],
    [
      'with the path of another run',
      ({ run: one }) => void (one.paths = [`/tmp/codex-rx-${createRunId()}`]),
      '"run.paths"',
    ],
    ['that is not an object', () => [{}], 'its version is not 2'],
  ])('%s is reported and kept', (_what, change, reason) => {
    forge(change);
    expect(readRegistry().entries).toEqual([]);
    expect(reasons()).toEqual([expect.stringContaining(reason)]);
    expect(readdirSync(registry)).toEqual([`${id}.json`]);
  });

  it('is a FIFO, a device, a folder, a link, or has another name', () => {
    registerRun(run);
    execFileSync('mkfifo', [file('a.json'), file(`${createRunId()}.json`), file(`${createRunId()}.part`)]);
    symlinkSync('/dev/zero', file(`${createRunId()}.json`));
    mkdirSync(file(`${createRunId()}.json`));
    const copied = join(state, 'copy');
    writeFileSync(copied, readFileSync(file()), { mode: 0o600 });
    linkSync(copied, file(`${createRunId()}.json`));
    writeFileSync(file('note.txt'), 'hello');
    expect(readRegistry().entries).toHaveLength(1);
    expect(reasons()).toHaveLength(7);
  });

  it('is larger than 64 KiB, or writable by others', () => {
    registerRun(run);
    writeFileSync(file(), ' '.repeat(65 * 1024));
    expect(reasons()).toEqual(['it is larger than 65536 bytes']);
    chmodSync(file(), 0o666);
    expect(reasons()).toEqual([expect.stringContaining('writable by other users')]);
  });
});
