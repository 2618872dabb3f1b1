import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readServerInfo } from '../../src/commands/resources/server-info.js';
import { readRegularFile } from '../../src/util/read-regular-file.js';

describe('readRegularFile', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codex-rx-read-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('returns the text of a file up to its limit', () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'äbc');
    expect(readRegularFile(path, 4)).toBe('äbc');
    expect(() => readRegularFile(path, 3)).toThrow('larger than 3 bytes');
  });

  it('replaces bytes that are not UTF-8, or rejects them', () => {
    const path = join(folder, 'a');
    writeFileSync(path, Buffer.from('a\xff', 'latin1'));
    expect(readRegularFile(path, 9)).toBe('a\uFFFD');
    expect(() => readRegularFile(path, 9, { isStrict: true })).toThrow('not UTF-8 text');
  });

  it.each(['/dev/zero', '/'])('rejects %s, which is not a regular file', (path) => {
    expect(() => readRegularFile(path, 100)).toThrow(/not a regular file/);
  });

  it('rejects a FIFO without waiting for a writer', () => {
    const path = join(folder, 'fifo');
    execFileSync('mkfifo', [path]);
    expect(() => readRegularFile(path, 100)).toThrow('not a regular file');
    expect(readServerInfo(path, process.pid)).toBeUndefined();
  });

  it('throws the error of the system for a missing file', () => {
    expect(() => readRegularFile(join(folder, 'none'), 1)).toThrow(/ENOENT/);
  });
});
