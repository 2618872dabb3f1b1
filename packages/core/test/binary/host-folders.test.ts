import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hostFolders, scriptFolders } from '../../src/binary/host-folders.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'host-folders-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('hostFolders', () => {
  it('contains the folder of this package, and not the current folder', () => {
    expect(hostFolders()[0]).toBe(join(__dirname, '../../src/util'));
    expect(hostFolders()).not.toContain(process.cwd());
  });
});

describe('scriptFolders', () => {
  it('follows the link of a command to its package', () => {
    const script = join(root, 'node_modules/tool/cli.js');
    mkdirSync(dirname(script), { recursive: true });
    writeFileSync(script, '');
    mkdirSync(join(root, 'bin'));
    symlinkSync(script, join(root, 'bin/tool'));
    expect(scriptFolders(join(root, 'bin/tool'), [])).toEqual([dirname(script), join(root, 'bin')]);
  });

  it('accepts a script without its extension', () => {
    expect(scriptFolders(join(root, 'app'), [])).toEqual([root]);
  });

  it.each(['-e', '-p', '-pe', '--eval', '--print', '--eval=1', '--print=1'])(
    'ignores the first argument of node %s, which is not a script',
    (flag) => {
      expect(scriptFolders(join(root, 'app.js'), ['--no-warnings', flag, 'code'])).toEqual([]);
    },
  );

  it('ignores a script that is missing or relative', () => {
    expect(scriptFolders(undefined, [])).toEqual([]);
    expect(scriptFolders('app.js', [])).toEqual([]);
    expect(scriptFolders('-', [])).toEqual([]);
  });
});
