import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { resolveBinary } from '../../src/binary/resolve.js';
import { isCodexError } from '../../src/errors/index.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'resolve-binary-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function executable(...path: string[]): string {
  const full = join(root, ...path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '');
  chmodSync(full, 0o755);
  return full;
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isCodexError(error)) return error.code;
    throw error;
  }
  throw new Error('nothing was raised');
}

const nothing = { CODEX_BINARY: undefined, PATH: '' };

describe('resolveBinary', () => {
  it('returns the native binary of the installed package, not its Node script', () => {
    const found = resolveBinary({ env: nothing });
    expect(isAbsolute(found)).toBe(true);
    expect(found).toMatch(/[\\/]vendor[\\/].*[\\/]codex(\.exe)?$/);
  });

  it('prefers CODEX_BINARY to the package, and `binary` to both', () => {
    const variable = executable('variable');
    const option = executable('option');
    expect(resolveBinary({ env: { CODEX_BINARY: variable } })).toBe(variable);
    expect(resolveBinary({ env: { CODEX_BINARY: variable }, binary: option })).toBe(option);
  });

  it('treats an empty CODEX_BINARY as unset', () => {
    expect(resolveBinary({ env: { ...nothing, CODEX_BINARY: '' } })).toBe(resolveBinary({ env: nothing }));
  });

  it('reads the environment of the host, unless inheritEnv is false', () => {
    const before = process.env.CODEX_BINARY;
    const variable = executable('variable');
    process.env.CODEX_BINARY = variable;
    try {
      expect(resolveBinary()).toBe(variable);
      expect(resolveBinary({ env: { CODEX_BINARY: undefined } })).not.toBe(variable);
      expect(resolveBinary({ inheritEnv: false })).not.toBe(variable);
    } finally {
      if (before === undefined) delete process.env.CODEX_BINARY;
      else process.env.CODEX_BINARY = before;
    }
  });

  it('resolves a relative path against the working directory of the host', () => {
    const file = executable('bin', 'codex');
    expect(resolveBinary({ binary: relative(process.cwd(), file) })).toBe(file);
    expect(resolveBinary({ env: { CODEX_BINARY: relative(process.cwd(), file) } })).toBe(file);
  });

  it('looks up a bare name on the PATH of the run', () => {
    const file = executable('bin', 'my-codex');
    expect(resolveBinary({ binary: 'my-codex', env: { PATH: join(root, 'bin') } })).toBe(file);
  });

  it('returns a link unresolved, because its target may change', () => {
    const link = join(root, 'link');
    symlinkSync(executable('target'), link);
    expect(resolveBinary({ binary: link })).toBe(link);
  });

  it('throws BINARY_NOT_FOUND for a missing file', () => {
    expect(codeOf(() => resolveBinary({ binary: join(root, 'nowhere') }))).toBe('BINARY_NOT_FOUND');
    expect(codeOf(() => resolveBinary({ binary: './nowhere' }))).toBe('BINARY_NOT_FOUND');
    expect(codeOf(() => resolveBinary({ binary: 'no-such-codex', env: { PATH: root } }))).toBe('BINARY_NOT_FOUND');
    expect(codeOf(() => resolveBinary({ env: { CODEX_BINARY: join(root, 'nowhere') } }))).toBe('BINARY_NOT_FOUND');
  });

  it('names the source of the bad path', () => {
    expect(() => resolveBinary({ env: { CODEX_BINARY: '/nowhere' } })).toThrow('CODEX_BINARY points');
    expect(() => resolveBinary({ binary: '/nowhere' })).toThrow('binary points');
  });

  it('throws NOT_EXECUTABLE for a folder, and for a file without the permission', () => {
    const file = executable('plain');
    chmodSync(file, 0o644);
    expect(codeOf(() => resolveBinary({ binary: root }))).toBe('NOT_EXECUTABLE');
    expect(codeOf(() => resolveBinary({ binary: file }))).toBe('NOT_EXECUTABLE');
    expect(codeOf(() => resolveBinary({ binary: 'plain', env: { PATH: root } }))).toBe('NOT_EXECUTABLE');
  });

  it('finds the binary again when its file has changed', () => {
    const file = executable('bin', 'codex');
    const env = { PATH: join(root, 'bin'), CODEX_BINARY: undefined };
    // A lookup by name is not kept.
    expect(resolveBinary({ binary: 'codex', env })).toBe(file);
    const before = resolveBinary({ env });
    expect(resolveBinary({ env })).toBe(before);
  });
});
