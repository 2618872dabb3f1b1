import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffOf, git } from '../src/task/git.js';
import { openScratchRepository } from '../src/task/scratch-repository.js';

describe('the scratch repository', () => {
  it('has the files in its first commit, and is gone when it is disposed of', async () => {
    const repository = await openScratchRepository({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    expect(await git(repository.path, 'ls-tree', '--name-only', 'HEAD')).toBe('a.txt\nb.txt\n');
    expect(await git(repository.path, 'status', '--short')).toBe('');
    await repository[Symbol.asyncDispose]();
    expect(existsSync(repository.path)).toBe(false);
  });

  it('leaves no folder and no listener when it cannot be made', async () => {
    const listeners = process.listenerCount('exit');
    await expect(openScratchRepository({ 'no/such/folder.txt': '' })).rejects.toThrow('ENOENT');
    expect(process.listenerCount('exit')).toBe(listeners);
  });
});

describe('the diff', () => {
  it('has changed files and new ones, by their path in the repository', async () => {
    await using repository = await openScratchRepository({ 'a.txt': 'a\n', 'same.txt': 's\n' });
    const [a, b] = ['a.txt', 'b.txt'].map((name) => join(repository.path, name)) as [string, string];
    await appendFile(a, 'more\n');
    await writeFile(b, 'new\n');
    const diff = await diffOf(repository.path, [
      { path: a, kind: 'update' },
      { path: b, kind: 'add' },
    ]);
    expect(diff.split('\n').filter((line) => /^[+-]/.test(line))).toEqual([
      '--- a/a.txt',
      '+++ b/a.txt',
      '+more',
      '--- /dev/null',
      '+++ b/b.txt',
      '+new',
    ]);
    expect(await git(repository.path, 'status', '--short')).toBe(' M a.txt\n?? b.txt\n');
  });

  it('is empty outside of a repository', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'main-job-test-'));
    try {
      expect(await diffOf(folder, [{ path: join(folder, 'a.txt'), kind: 'update' }])).toBe('');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
