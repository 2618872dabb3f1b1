import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertOutsideWorkspace, folderContaining, writableFolders } from '../../src/request/writable-folders.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'writable-folders-')));
  for (const name of ['workspace', 'other']) mkdirSync(join(root, name));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('writableFolders', () => {
  const folders = { workingDirectory: '/w', addDirs: ['/a', '/b'] };

  it('returns the working directory and the added folders where the sandbox lets the agent write', () => {
    expect(writableFolders({ ...folders, sandbox: 'workspace-write' })).toEqual(['/w', '/a', '/b']);
    expect(writableFolders({ ...folders, safety: 'full-auto' })).toEqual(['/w', '/a', '/b']);
    expect(writableFolders({ ...folders, config: { sandbox_mode: 'workspace-write' } })).toEqual(['/w', '/a', '/b']);
    expect(writableFolders(folders, 'workspace-write')).toEqual(['/w', '/a', '/b']);
  });

  it('returns nothing where the agent may not write, or where there is no sandbox', () => {
    expect(writableFolders(folders)).toEqual([]);
    expect(writableFolders({ ...folders, sandbox: 'read-only' }, 'workspace-write')).toEqual([]);
    expect(writableFolders({ ...folders, sandbox: 'danger-full-access' })).toEqual([]);
    expect(writableFolders({ ...folders, sandbox: 'workspace-write', safety: 'bypass' })).toEqual([]);
  });
});

describe('folderContaining', () => {
  const inside = (path: string): boolean => folderContaining([join(root, 'workspace')], join(root, path)) !== undefined;

  it('accepts paths outside, also with a name that starts alike', () => {
    expect(inside('other/codex')).toBe(false);
    expect(inside('workspace2/codex')).toBe(false);
    expect(inside('..workspace/codex')).toBe(false);
  });

  it('finds paths inside, whether they exist or not', () => {
    expect(inside('workspace')).toBe(true);
    expect(inside('workspace/missing/codex')).toBe(true);
    expect(inside('other/../workspace/codex')).toBe(true);
  });

  it('finds a link into the folder, out of it, and through it', () => {
    symlinkSync(join(root, 'workspace'), join(root, 'other/into'));
    symlinkSync(join(root, 'other'), join(root, 'workspace/out'));
    symlinkSync(join(root, 'workspace/out'), join(root, 'through'));
    expect(inside('other/into/codex')).toBe(true);
    expect(inside('workspace/out/codex')).toBe(true);
    expect(inside('through/codex')).toBe(true);
  });

  it('finds a file of a folder that is named by a link', () => {
    symlinkSync(join(root, 'workspace'), join(root, 'link'));
    expect(folderContaining([join(root, 'link')], join(root, 'workspace/codex'))).toBe(join(root, 'link'));
  });

  it('ends with links that form a loop', () => {
    symlinkSync('b', join(root, 'a'));
    symlinkSync('a', join(root, 'b'));
    expect(inside('a/codex')).toBe(false);
  });
});

describe('assertOutsideWorkspace', () => {
  const check = (options: object, path: string): void => {
    assertOutsideWorkspace(
      { workingDirectory: join(root, 'workspace'), sandbox: 'workspace-write', ...options },
      'codexHome',
      join(root, path),
    );
  };

  it('rejects a path inside, with advice', () => {
    expect(() => {
      check({}, 'workspace/home');
    }).toThrow('"allowInWorkspace"');
  });

  it.each([
    ['a path outside', {}, 'other/home'],
    ['a read-only run', { sandbox: 'read-only' }, 'workspace/home'],
    ['what allowInWorkspace allows', { allowInWorkspace: true }, 'workspace/home'],
  ])('accepts %s', (_name, options, path) => {
    expect(() => {
      check(options, path);
    }).not.toThrow();
  });
});
