import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  assertOutsideWorkspace,
  folderContaining,
  folderExposing,
  writableFolders,
  writableTemporaryFolders,
} from '../../src/request/writable-folders.js';

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
  const configured = [{ sandbox_mode: 'workspace-write' }];

  it('returns the working directory and the added folders where the agent may write', () => {
    expect(writableFolders({ ...folders, sandbox: 'workspace-write' })).toEqual(['/w', '/a', '/b']);
    expect(writableFolders({ ...folders, safety: 'full-auto' })).toEqual(['/w', '/a', '/b']);
    expect(writableFolders({ ...folders, config: { sandbox_mode: 'workspace-write' } })).toEqual(['/w', '/a', '/b']);
    expect(writableFolders({ ...folders, configOverrides: ['sandbox_mode=workspace-write'] })).toHaveLength(3);
    expect(writableFolders(folders, configured)).toEqual(['/w', '/a', '/b']);
    expect(writableFolders({ ...folders, sandbox: 'danger-full-access' })).toEqual(['/w', '/a', '/b']);
    expect(writableFolders({ ...folders, sandbox: 'read-only', safety: 'bypass' })).toEqual(['/w', '/a', '/b']);
  });

  it('resolves added folders and roots in the working directory, as the CLI does', () => {
    const config = { sandbox_workspace_write: { writable_roots: ['r'] } };
    const options = { workingDirectory: '/w', addDirs: ['a', '../b'], approveForMe: true, config };
    expect(writableFolders(options)).toEqual(['/w', '/w/a', '/b', '/w/r']);
  });

  it.each([
    ['text', 'sandbox_mode=workspace-write'],
    ['spaces', ' sandbox_mode = "workspace-write" '],
    ['one quotation mark, which the CLI removes', 'sandbox_mode="workspace-write'],
    ['single quotation marks', "sandbox_mode='danger-full-access'"],
    ['a comment', 'sandbox_mode="workspace-write" # why'],
  ])('reads the sandbox mode of an override with %s', (_name, override) => {
    expect(writableFolders({ ...folders, configOverrides: [override] })).toEqual(['/w', '/a', '/b']);
  });

  it.each([
    ['a permission profile', [{ default_permissions: ':workspace' }]],
    ['a permission profile of the user', [{ default_permissions: 'mine' }]],
    [
      'a permission profile, which precedes the mode',
      [{ sandbox_mode: 'read-only', default_permissions: ':workspace' }],
    ],
    ['a trusted project', [{ projects: { '/w': { trust_level: 'trusted' } } }]],
    ['an untrusted project above it', [{ projects: { '/': { trust_level: 'untrusted' } } }]],
  ])('returns the working directory with %s', (_name, layers) => {
    expect(writableFolders(folders, layers)).toEqual(['/w', '/a', '/b']);
    expect(writableFolders({ ...folders, sandbox: 'read-only' }, layers)).toEqual([]);
  });

  it.each([
    ['a read-only permission profile', [{ default_permissions: ':read-only' }]],
    ['a trusted project elsewhere', [{ projects: { '/other': { trust_level: 'trusted' } } }]],
    ['a project and a mode', [{ sandbox_mode: 'read-only', projects: { '/w': { trust_level: 'trusted' } } }]],
  ])('returns no folder with %s', (_name, layers) => {
    expect(writableFolders(folders, layers)).toEqual([]);
  });

  it('returns the working directory of a run that trusts it', () => {
    expect(writableFolders({ ...folders, trust: true })).toEqual(['/w', '/a', '/b']);
  });

  it('returns the working directory in a worktree if any project has a trust level', () => {
    writeFileSync(join(root, 'workspace/.git'), 'gitdir: /elsewhere');
    const layers = [{ projects: { '/other': { trust_level: 'trusted' } } }];
    const workingDirectory = join(root, 'workspace');
    expect(writableFolders({ workingDirectory }, layers)).toEqual([workingDirectory]);
  });

  it('returns the folders of a permission profile', () => {
    const filesystem = { '/p': 'write', '/q': 'read', ':root': 'read' };
    const layers = [{ default_permissions: 'mine', permissions: { mine: { filesystem } } }];
    expect(writableFolders({}, layers)).toEqual(['/p']);
  });

  it('expands ~ in the roots and in the folders of a permission profile, as the CLI does', () => {
    const home = { HOME: '/users/me', USERPROFILE: '/users/me' };
    const config = { sandbox_workspace_write: { writable_roots: ['~', '~/r', '~other'] } };
    const expected = ['/users/me', '/users/me/r', '/w/~other'];
    expect(writableFolders({ workingDirectory: '/w', sandbox: 'workspace-write', config, env: home })).toEqual([
      '/w',
      ...expected,
    ]);
    const layers = [{ default_permissions: 'mine', permissions: { mine: { filesystem: { '~/p': 'write' } } } }];
    expect(writableFolders({ env: home }, layers)).toEqual(['/users/me/p']);
  });

  it('returns the folders of the profiles that a permission profile extends, also in a loop', () => {
    const permissions = {
      a: { extends: 'b', workspace_roots: { '/root': true, '/not': false } },
      b: { extends: 'a', filesystem: { '/p': { '.': 'write', sub: 'read' }, '/q': { sub: 'write' }, ':root': 'read' } },
      c: { filesystem: { '/other': 'write' } },
    };
    expect(writableFolders({}, [{ default_permissions: 'a', permissions }])).toEqual(['/root', '/p', '/q/sub']);
  });

  it('merges a permission profile over the layers', () => {
    const filesystem = (entries: object) => ({ permissions: { mine: { filesystem: entries } } });
    const layers = [{ default_permissions: 'mine', ...filesystem({ '/p': 'write', '/q': 'write' }) }];
    expect(writableFolders({}, [...layers, filesystem({ '/q': 'read', '/r': 'write' })])).toEqual(['/p', '/r']);
  });

  it('lets the last setting decide', () => {
    const config = { sandbox_mode: 'workspace-write' };
    expect(writableFolders({ ...folders, config, configOverrides: ['sandbox_mode=read-only'] })).toEqual([]);
    expect(writableFolders({ ...folders, config, sandbox: 'read-only' })).toEqual([]);
    expect(writableFolders({ ...folders, config: { sandbox_mode: 'read-only' }, approveForMe: true })).toHaveLength(3);
  });

  it('returns the writable roots of the settings', () => {
    const config = { sandbox_workspace_write: { writable_roots: ['/r', '/s'] } };
    expect(writableFolders({ sandbox: 'workspace-write', config })).toEqual(['/r', '/s']);
  });

  it('returns nothing where the agent may not write', () => {
    expect(writableFolders(folders)).toEqual([]);
    expect(writableFolders({ ...folders, sandbox: 'read-only' }, configured)).toEqual([]);
  });
});

describe('writableTemporaryFolders', () => {
  const sandbox = 'workspace-write';
  const slashTmp = process.platform === 'win32' ? [] : ['/tmp'];

  it('returns /tmp and TMPDIR of the run', () => {
    expect(writableTemporaryFolders({ sandbox, env: { TMPDIR: '/t' } })).toEqual([...slashTmp, '/t']);
    expect(writableTemporaryFolders({ sandbox, inheritEnv: false })).toEqual(slashTmp);
    expect(writableTemporaryFolders({ sandbox, env: { TMPDIR: undefined } })).toEqual(slashTmp);
  });

  it('resolves TMPDIR in the working directory, and expands ~, as the CLI does', () => {
    const options = { sandbox, workingDirectory: '/w', inheritEnv: false };
    expect(writableTemporaryFolders({ ...options, env: { TMPDIR: '../t' } })).toEqual([...slashTmp, '/t']);
    const env = { TMPDIR: '~/t', HOME: '/users/me', USERPROFILE: '/users/me' };
    expect(writableTemporaryFolders({ ...options, env })).toEqual([...slashTmp, '/users/me/t']);
  });

  it('returns nothing where the settings exclude them, or where the sandbox forbids them', () => {
    const exclude = { exclude_slash_tmp: true, exclude_tmpdir_env_var: true };
    expect(writableTemporaryFolders({ sandbox, config: { sandbox_workspace_write: exclude } })).toEqual([]);
    expect(writableTemporaryFolders({ sandbox: 'read-only' })).toEqual([]);
    expect(writableTemporaryFolders({ sandbox: 'danger-full-access' })).toEqual([]);
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
  const outsideOfTmp = { sandbox_workspace_write: { exclude_slash_tmp: true, exclude_tmpdir_env_var: true } };
  const check = (options: object, path: string): void => {
    assertOutsideWorkspace(
      { workingDirectory: join(root, 'workspace'), sandbox: 'workspace-write', config: outsideOfTmp, ...options },
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

  it.each(['codexHome', 'eventLog', 'outputLastMessage'] as const)('rejects %s in the temporary folder', (field) => {
    const options = { sandbox: 'workspace-write', env: { TMPDIR: root } };
    expect(folderExposing(field, join(root, 'other/file'), options)).toBeDefined();
    expect(folderExposing(field, join(root, 'other/file'), { ...options, sandbox: 'read-only' })).toBeUndefined();
    expect(folderExposing(field, join(root, 'other/file'), { ...options, allowInWorkspace: true })).toBeUndefined();
  });

  it('accepts a binary in the temporary folder, and any binary without a sandbox', () => {
    const binary = join(root, 'workspace/codex');
    const workingDirectory = join(root, 'workspace');
    expect(folderExposing('binary', binary, { sandbox: 'workspace-write', env: { TMPDIR: root } })).toBeUndefined();
    expect(folderExposing('binary', binary, { sandbox: 'danger-full-access', workingDirectory })).toBeUndefined();
    expect(folderExposing('eventLog', binary, { sandbox: 'danger-full-access', workingDirectory })).toBeDefined();
  });
});
