import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findNativeBinary, requireBinary } from '../../src/binary/native-package.js';

const linux = { platform: 'linux', arch: 'x64' };
const triple = 'x86_64-unknown-linux-musl';
let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'native-package-')));
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

describe('findNativeBinary', () => {
  it('finds the binary in a platform package next to the main package, newest layout', () => {
    file('node_modules/@openai/codex/package.json');
    file('node_modules/@openai/codex-linux-x64/package.json');
    const binary = file('node_modules/@openai/codex-linux-x64/vendor', triple, 'bin/codex');
    expect(findNativeBinary([root], linux)).toEqual({ binary });
  });

  it('finds the binary in a platform package, layout of 0.110 to 0.125', () => {
    file('node_modules/@openai/codex/package.json');
    file('node_modules/@openai/codex-linux-x64/package.json');
    const binary = file('node_modules/@openai/codex-linux-x64/vendor', triple, 'codex/codex');
    expect(findNativeBinary([root], linux)).toEqual({ binary });
  });

  it('finds the binary in the main package, layout of 0.44 to 0.98', () => {
    file('node_modules/@openai/codex/package.json');
    const binary = file('node_modules/@openai/codex/vendor', triple, 'codex/codex');
    expect(findNativeBinary([root], linux)).toEqual({ binary });
  });

  it('finds a platform package that only the main package can resolve (pnpm)', () => {
    const store = 'node_modules/.pnpm/codex@1/node_modules/@openai';
    file(store, 'codex/package.json');
    file(store, 'codex-linux-x64/package.json');
    const binary = file(store, 'codex-linux-x64/vendor', triple, 'bin/codex');
    mkdirSync(join(root, 'node_modules/@openai'), { recursive: true });
    symlinkSync(join(root, store, 'codex'), join(root, 'node_modules/@openai/codex'));
    expect(findNativeBinary([root], linux)).toEqual({ binary });
  });

  it('finds a platform package nested in the main package', () => {
    file('node_modules/@openai/codex/package.json');
    file('node_modules/@openai/codex/node_modules/@openai/codex-linux-x64/package.json');
    const binary = file('node_modules/@openai/codex/node_modules/@openai/codex-linux-x64/vendor', triple, 'bin/codex');
    expect(findNativeBinary([root], linux)).toEqual({ binary });
  });

  it('looks from a folder upwards, and returns the first binary', () => {
    file('node_modules/@openai/codex/package.json');
    const outer = file('node_modules/@openai/codex/vendor', triple, 'codex/codex');
    file('inner/node_modules/@openai/codex/package.json');
    const inner = file('inner/node_modules/@openai/codex/vendor', triple, 'codex/codex');
    expect(findNativeBinary([join(root, 'a/b')], linux)).toEqual({ binary: outer });
    expect(findNativeBinary([join(root, 'inner/c'), root], linux)).toEqual({ binary: inner });
  });

  it('continues with the next folder if a package has no binary for this host', () => {
    file('inner/node_modules/@openai/codex/package.json');
    file('node_modules/@openai/codex/package.json');
    const binary = file('node_modules/@openai/codex/vendor', triple, 'codex/codex');
    expect(findNativeBinary([join(root, 'inner'), root], linux)).toEqual({ binary });
  });

  it.each<[platform: string, arch: string, label: string, triple: string, name: string]>([
    ['linux', 'arm64', 'linux-arm64', 'aarch64-unknown-linux-musl', 'codex'],
    ['android', 'arm64', 'linux-arm64', 'aarch64-unknown-linux-musl', 'codex'],
    ['darwin', 'x64', 'darwin-x64', 'x86_64-apple-darwin', 'codex'],
    ['darwin', 'arm64', 'darwin-arm64', 'aarch64-apple-darwin', 'codex'],
    ['win32', 'x64', 'win32-x64', 'x86_64-pc-windows-msvc', 'codex.exe'],
    ['win32', 'arm64', 'win32-arm64', 'aarch64-pc-windows-msvc', 'codex.exe'],
  ])('knows %s %s', (platform, arch, label, target, name) => {
    file('node_modules/@openai/codex/package.json');
    file(`node_modules/@openai/codex-${label}/package.json`);
    const binary = file(`node_modules/@openai/codex-${label}/vendor`, target, 'bin', name);
    expect(findNativeBinary([root], { platform, arch })).toEqual({ binary });
  });

  it('returns the name of the missing package for this host', () => {
    file('node_modules/@openai/codex/package.json');
    const installed = join(root, 'node_modules/@openai/codex');
    expect(findNativeBinary([root], linux)).toEqual({ missing: '@openai/codex-linux-x64', installed });
    expect(() => requireBinary({ missing: '@openai/codex-linux-x64', installed })).toThrow(
      `Codex CLI not found: ${installed} is installed without @openai/codex-linux-x64`,
    );
  });

  it('rejects a folder with the name of the binary', () => {
    file('node_modules/@openai/codex/package.json');
    mkdirSync(join(root, 'node_modules/@openai/codex/vendor', triple, 'bin/codex'), { recursive: true });
    expect(findNativeBinary([root], linux)).toMatchObject({ missing: '@openai/codex-linux-x64' });
  });

  it('returns undefined without a package, or on a host without binaries', () => {
    expect(findNativeBinary([root], linux)).toBeUndefined();
    file('node_modules/@openai/codex/package.json');
    expect(findNativeBinary([root], { platform: 'sunos', arch: 'x64' })).toBeUndefined();
  });

  it('rejects a package directly inside a temporary folder that every user may write', () => {
    const binary = file('node_modules/@openai/codex/vendor', triple, 'codex/codex');
    file('node_modules/@openai/codex/package.json');
    chmodSync(root, 0o1777);
    expect(findNativeBinary([join(root, 'app')], linux)).toBeUndefined();
    chmodSync(root, 0o755);
    expect(findNativeBinary([join(root, 'app')], linux)).toEqual({ binary });
  });

  it('rejects a package of another user', () => {
    // Only root can hand a file to another user.
    if (process.getuid?.() !== 0) return;
    const binary = file('node_modules/@openai/codex/vendor', triple, 'codex/codex');
    file('node_modules/@openai/codex/package.json');
    mkdirSync(join(root, 'app'));
    chownSync(join(root, 'node_modules/@openai/codex'), 65_534, 65_534);
    expect(findNativeBinary([join(root, 'app')], linux)).toBeUndefined();
    // Whoever owns the program itself may own its packages.
    chownSync(join(root, 'app'), 65_534, 65_534);
    expect(findNativeBinary([join(root, 'app')], linux)).toEqual({ binary });
  });
});
