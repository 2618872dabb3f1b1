import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unwrapNodeScript } from '../../src/binary/node-script.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'node-script-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function file(...path: string[]): string {
  const full = join(root, ...path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, full.endsWith('.json') ? '{}' : '');
  return full;
}

describe('unwrapNodeScript', () => {
  it('follows the link of a global installation into the package', () => {
    const script = file('lib/node_modules/@openai/codex/bin/codex.js');
    file('lib/node_modules/@openai/codex/package.json');
    file('lib/node_modules/@openai/codex/node_modules/@openai/codex-linux-x64/package.json');
    const binary = file(
      'lib/node_modules/@openai/codex/node_modules/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex',
    );
    mkdirSync(join(root, 'bin'));
    symlinkSync(script, join(root, 'bin/codex'));
    expect(unwrapNodeScript(join(root, 'bin/codex'), { platform: 'linux', arch: 'x64' })).toBe(binary);
  });

  it('finds the package next to a command file of Windows', () => {
    const command = file('codex.cmd');
    file('node_modules/@openai/codex/package.json');
    const binary = file('node_modules/@openai/codex/vendor/x86_64-pc-windows-msvc/codex/codex.exe');
    expect(unwrapNodeScript(command, { platform: 'win32', arch: 'x64' })).toBe(binary);
    expect(unwrapNodeScript(command, { platform: 'linux', arch: 'x64' })).toBe(command);
  });

  it('returns the script of a package without a binary for this host, and any other file, unchanged', () => {
    const script = file('node_modules/@openai/codex/bin/codex.js');
    file('node_modules/@openai/codex/package.json');
    const other = file('bin/codex');
    expect(unwrapNodeScript(script, { platform: 'sunos', arch: 'x64' })).toBe(script);
    expect(unwrapNodeScript(other, { platform: 'linux', arch: 'x64' })).toBe(other);
  });

  it('throws with the name of the missing platform package', () => {
    const script = file('node_modules/@openai/codex/bin/codex.js');
    file('node_modules/@openai/codex/package.json');
    expect(() => unwrapNodeScript(script, { platform: 'linux', arch: 'x64' })).toThrow(
      'without @openai/codex-linux-x64',
    );
  });
});
