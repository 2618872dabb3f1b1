import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { type Child, spawnChild } from '../../src/process/child.js';
import { checkWorkingDirectory, spawnFailure } from '../../src/process/spawn-failure.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'rx-spawn-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const spec = (binary: string, argv: string[] = []) => ({
  binary,
  argv,
  cwd: folder,
  env: process.env,
  stdin: undefined,
  runId: 'run',
});

describe('spawnChild', () => {
  it('starts the process in a group of its own', async () => {
    const child = await spawnChild(spec('/bin/sh', ['-c', 'exec sleep 60']), () => undefined);
    expect(child.processes.root.startTime).not.toBe('');
    expect(child.processes.signal('SIGKILL', 'group')).toBe(true);
    expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(child.hasExited()).toBe(true);
    child.release();
  });

  it('ends a process that cannot be watched over', async () => {
    const pids: number[] = [];
    const failing = (child: Child): void => {
      pids.push(child.pid);
      throw new Error('cannot be tracked');
    };
    await expect(spawnChild(spec('/bin/sh', ['-c', 'sleep 60; true']), failing)).rejects.toThrow('cannot be tracked');
    await waitUntil(() => !isAlive(pids[0] ?? 0));
  });

  it('tries again while another process is still writing the file', async () => {
    const binary = join(folder, 'busy');
    const copied = spawnSync('cp', ['/bin/true', binary]);
    expect(copied.status).toBe(0);
    const writer = openSync(binary, 'r+');
    setTimeout(() => {
      closeSync(writer);
    }, 20);
    const child = await spawnChild(spec(binary), () => undefined);
    expect(await child.exited).toMatchObject({ code: 0 });
    child.release();
  });

  it('gives up on a file that stays busy', async () => {
    const binary = join(folder, 'busy');
    spawnSync('cp', ['/bin/true', binary]);
    const writer = openSync(binary, 'r+');
    await expect(spawnChild(spec(binary), () => undefined)).rejects.toMatchObject({
      code: 'SPAWN_FAILED',
      path: binary,
    });
    closeSync(writer);
  });
});

describe('spawnFailure tells apart what the system calls by one name', () => {
  const because = (code: string) => Object.assign(new Error(`spawn ${code}`), { code });

  it.each([
    ['ENOENT', 'here', 'nowhere', 'WORKING_DIRECTORY_NOT_FOUND'],
    ['ENOENT', 'missing', 'here', 'BINARY_NOT_FOUND'],
    ['ENOENT', 'here', 'here', 'NOT_EXECUTABLE'],
    ['EACCES', 'here', 'here', 'NOT_EXECUTABLE'],
    ['ENOEXEC', 'here', 'here', 'NOT_EXECUTABLE'],
    ['EMFILE', 'here', 'here', 'SPAWN_FAILED'],
  ])('%s with the binary %s and the folder %s is %s', (code, binary, cwd, expected) => {
    const file = join(folder, 'codex');
    writeFileSync(file, '');
    const error = spawnFailure(
      binary === 'here' ? file : join(folder, 'no'),
      cwd === 'here' ? folder : join(folder, 'no'),
      because(code),
    );
    expect(error).toMatchObject({ code: expected, cause: { code } });
  });

  it('checkWorkingDirectory accepts a folder', () => {
    expect(() => {
      checkWorkingDirectory(folder);
    }).not.toThrow();
  });
});
