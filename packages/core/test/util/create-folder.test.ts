import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolder } from '../../src/util/create-folder.js';

describe('createFolder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codex-rx-create-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('creates all missing parents with the mode', () => {
    createFolder(join(folder, 'a', 'b'), 0o700);
    for (const path of ['a', 'a/b']) expect(statSync(join(folder, path)).mode & 0o777).toBe(0o700);
  });

  it('keeps a folder that exists', () => {
    mkdirSync(join(folder, 'a'), { mode: 0o755 });
    createFolder(join(folder, 'a'), 0o700);
    expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o755);
  });

  it.each(['file', 'file/below'])('fails where a file is in the way: %s', (path) => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => {
      createFolder(join(folder, path));
    }).toThrow(/ENOTDIR|not a folder/);
  });

  it('fails below /proc, where a recursive mkdir never returns', () => {
    expect(() => {
      createFolder('/proc/self/fd/no-such/folder');
    }).toThrow(/ENOENT/);
  });
});
