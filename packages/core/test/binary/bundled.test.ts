import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type BundledBinarySpec, bundledPlatformLabel, resolveBundledBinary } from '../../src/binary/bundled.js';
import { BundledBinaryError } from '../../src/errors/bundled-binary-error.js';

let root: string;
let bundleRoot: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'bundled-')));
  bundleRoot = join(root, 'bundle');
  mkdirSync(bundleRoot);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function executable(...path: string[]): string {
  const full = join(root, ...path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '#!/bin/sh\n');
  chmodSync(full, 0o755);
  return full;
}

function errorOf(spec: Partial<BundledBinarySpec>): BundledBinaryError {
  try {
    resolveBundledBinary({ bundleRoot, version: '1.0.0', platform: 'linux-x64', ...spec });
  } catch (error) {
    if (error instanceof BundledBinaryError) return error;
    throw error;
  }
  throw new Error('nothing was raised');
}

describe('bundledPlatformLabel', () => {
  it('returns the name of the host in a bundle', () => {
    expect(bundledPlatformLabel()).toMatch(/^(linux|darwin|windows|[a-z]+)-(x64|arm64|[a-z0-9]+)$/);
    expect(bundledPlatformLabel()).not.toContain('win32');
  });
});

describe('resolveBundledBinary', () => {
  it('finds the binary of the platform of the host', () => {
    const binary = executable(
      'bundle',
      bundledPlatformLabel(),
      '1.0.0',
      bundledPlatformLabel().includes('windows') ? 'codex.exe' : 'codex',
    );
    expect(resolveBundledBinary({ bundleRoot, version: '1.0.0' })).toEqual({
      binaryPath: binary,
      platform: bundledPlatformLabel(),
      version: '1.0.0',
    });
  });

  it.each(['windows-x64', 'Windows-arm64'])('looks for codex.exe on %s, on any host', (platform) => {
    const binary = executable('bundle', platform, '1.0.0', 'codex.exe');
    expect(resolveBundledBinary({ bundleRoot, version: '1.0.0', platform }).binaryPath).toBe(binary);
  });

  it('trims the names, and returns them trimmed', () => {
    const binary = executable('bundle', 'linux-x64', '1.0.0', 'codex');
    expect(resolveBundledBinary({ bundleRoot, version: ' 1.0.0\n', platform: ' linux-x64 ' })).toEqual({
      binaryPath: binary,
      platform: 'linux-x64',
      version: '1.0.0',
    });
  });

  it('resolves a relative root against the working directory of the host', () => {
    const binary = executable('bundle', 'linux-x64', '1.0.0', 'codex');
    const found = resolveBundledBinary({
      bundleRoot: relative(process.cwd(), bundleRoot),
      version: '1.0.0',
      platform: 'linux-x64',
    });
    expect(found.binaryPath).toBe(binary);
  });

  it('resolves links inside of the root, and a root that is a link', () => {
    const binary = executable('bundle', 'linux-x64', '1.0.0', 'codex');
    symlinkSync('1.0.0', join(bundleRoot, 'linux-x64', 'current'));
    symlinkSync(bundleRoot, join(root, 'link'));
    const found = resolveBundledBinary({ bundleRoot: join(root, 'link'), version: 'current', platform: 'linux-x64' });
    expect(found.binaryPath).toBe(binary);
  });

  it('throws the code of the first step that fails', () => {
    expect(errorOf({ platform: ' ', version: ' ' })).toMatchObject({ code: 'BUNDLE_PLATFORM_EMPTY', path: undefined });
    expect(errorOf({ version: ' ', bundleRoot: join(root, 'nowhere') }).code).toBe('BUNDLE_VERSION_EMPTY');
    expect(errorOf({ bundleRoot: join(root, 'nowhere') })).toMatchObject({
      code: 'BUNDLE_ROOT_UNREADABLE',
      path: join(root, 'nowhere'),
      cause: { code: 'ENOENT' },
    });
    const file = executable('file');
    expect(errorOf({ bundleRoot: file })).toMatchObject({ code: 'BUNDLE_ROOT_NOT_DIRECTORY', path: file });

    const platform = join(bundleRoot, 'linux-x64');
    expect(errorOf({})).toMatchObject({ code: 'BUNDLE_PLATFORM_UNREADABLE', path: platform });
    writeFileSync(platform, '');
    expect(errorOf({})).toMatchObject({ code: 'BUNDLE_PLATFORM_NOT_DIRECTORY', path: platform });
    rmSync(platform);
    mkdirSync(platform);

    const version = join(platform, '1.0.0');
    expect(errorOf({})).toMatchObject({ code: 'BUNDLE_VERSION_UNREADABLE', path: version });
    writeFileSync(version, '');
    expect(errorOf({})).toMatchObject({ code: 'BUNDLE_VERSION_NOT_DIRECTORY', path: version });
    rmSync(version);
    mkdirSync(version);

    const binary = join(version, 'codex');
    expect(errorOf({})).toMatchObject({ code: 'BUNDLE_BINARY_UNREADABLE', path: binary, cause: { code: 'ENOENT' } });
    mkdirSync(binary);
    expect(errorOf({})).toMatchObject({ code: 'BUNDLE_BINARY_NOT_FILE', path: binary });
    rmSync(binary, { recursive: true });
    writeFileSync(binary, '', { mode: 0o644 });
    expect(errorOf({})).toMatchObject({ code: 'BUNDLE_BINARY_NOT_EXECUTABLE', path: binary });
    expect(errorOf({}).message).toContain(binary);
  });

  it.each<Partial<BundledBinarySpec>>([
    { version: '..' },
    { version: '.' },
    { version: '../../outside' },
    { platform: '../outside' },
    { platform: '/outside' },
    { version: 'a\\..\\b' },
    { version: 'a\0b' },
  ])('does not leave the root by %j', (spec) => {
    executable('outside', '1.0.0', 'codex');
    executable('bundle', 'linux-x64', '1.0.0', 'codex');
    executable('bundle', 'linux-x64', 'codex');
    executable('bundle', 'codex');
    expect(errorOf(spec).code).toBe('BUNDLE_OUTSIDE_ROOT');
  });

  it('rejects a link out of the root', () => {
    const outside = executable('outside', 'codex');
    mkdirSync(join(bundleRoot, 'linux-x64', '1.0.0'), { recursive: true });
    symlinkSync(outside, join(bundleRoot, 'linux-x64', '1.0.0', 'codex'));
    symlinkSync(dirname(outside), join(bundleRoot, 'linux-x64', '2.0.0'));
    expect(errorOf({}).code).toBe('BUNDLE_OUTSIDE_ROOT');
    expect(errorOf({ version: '2.0.0' }).code).toBe('BUNDLE_OUTSIDE_ROOT');
  });

  it('ignores PATH and CODEX_BINARY', () => {
    const before = { ...process.env };
    process.env.CODEX_BINARY = executable('elsewhere', 'codex');
    process.env.PATH = join(root, 'elsewhere');
    try {
      expect(errorOf({}).code).toBe('BUNDLE_PLATFORM_UNREADABLE');
    } finally {
      process.env.PATH = before.PATH;
      if (before.CODEX_BINARY === undefined) delete process.env.CODEX_BINARY;
      else process.env.CODEX_BINARY = before.CODEX_BINARY;
    }
  });

  it.each([
    ['bundleRoot', { bundleRoot: undefined }],
    ['version', { version: 1 }],
    ['platform', { platform: null }],
  ])('refuses a %s that is no text', (field, wrong) => {
    const spec = { bundleRoot, version: '1.0.0', ...wrong } as unknown as BundledBinarySpec;
    expect(() => resolveBundledBinary(spec)).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID', field }) as Error,
    );
  });
});
