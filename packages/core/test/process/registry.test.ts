import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { readRegistry, registerRun } from '../../src/process/registry.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'rx-registry-'));
  jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});
const run = { id: 'run-1', root: { pid: 42, startTime: '7' }, paths: ['/tmp/a'] };
const registry = (): string => join(folder, readdirSync(folder)[0] ?? '');

describe('the registry of runs', () => {
  it('is one private file a run, in a private folder, until the run is forgotten', () => {
    const forget = registerRun(run);
    expect(statSync(registry()).mode & 0o777).toBe(0o700);
    const [file = ''] = readdirSync(registry());
    expect(statSync(join(registry(), file)).mode & 0o777).toBe(0o600);
    expect(readRegistry()).toMatchObject([{ record: { version: 1, host: { pid: process.pid }, run } }]);
    forget();
    forget();
    expect(readRegistry()).toEqual([]);
    expect(readdirSync(registry())).toEqual([]);
  });

  it('passes over what it cannot read: half a file, another version, another file', () => {
    registerRun(run);
    const place = registry();
    writeFileSync(join(place, 'half.json'), '{"version":1,"bo');
    writeFileSync(join(place, 'later.json'), '{"version":2}');
    writeFileSync(join(place, 'note.txt'), 'hello');
    expect(readRegistry()).toHaveLength(1);
  });

  it('does not read a folder in which others may write', () => {
    registerRun(run);
    chmodSync(registry(), 0o777);
    expect(readRegistry()).toEqual([]);
  });

  it('writes nothing into a folder in which others may write, or through a link', () => {
    registerRun(run)();
    const place = registry();
    chmodSync(place, 0o777);
    registerRun(run);
    expect(readdirSync(place)).toEqual([]);

    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere, { mode: 0o700 });
    rmSync(place, { recursive: true });
    symlinkSync(elsewhere, place);
    registerRun(run);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('that cannot be written costs nothing but itself', () => {
    registerRun(run)();
    const place = registry();
    rmSync(place, { recursive: true });
    writeFileSync(place, 'a file where the folder should be');
    const forget = registerRun(run);
    forget();
    expect(readRegistry()).toEqual([]);
  });

  it('is empty where there is none', () => {
    expect(readRegistry()).toEqual([]);
    mkdirSync(join(folder, 'unrelated'));
    expect(readRegistry()).toEqual([]);
  });
});
