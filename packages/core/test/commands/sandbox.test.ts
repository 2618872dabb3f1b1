import { createCodex } from '@codex-rx/core';
import { type SandboxRequest, sandbox$ } from '@codex-rx/core/commands';
import { sandboxArgs } from '../../src/commands/sandbox.js';
import { commandCapabilities } from '../../src/request/command-capabilities.js';
import { privateFolder, removeFolders } from './support/real.js';
import { errorOf, removeStandIns, standIn, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

const command = ['echo', 'hi'];
const args = (request: Partial<SandboxRequest>, version = '0.169.0', platform: NodeJS.Platform = 'linux') =>
  sandboxArgs({ command, ...request }, commandCapabilities(version), platform);

describe('the words of the sandbox', () => {
  it('name the platform before 0.150', () => {
    expect(args({}, '0.125.0', 'linux')).toEqual(['sandbox', 'linux']);
    expect(args({}, '0.98.0', 'darwin')).toEqual(['sandbox', 'macos']);
    expect(args({}, '0.47.0', 'win32')).toEqual(['sandbox', 'windows']);
  });

  it('name no platform since 0.150, where that would be the program', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(args({}, '0.150.0', platform)).toEqual(['sandbox']);
  });

  it('let the program write in its folder, in the way of each version', () => {
    expect(args({ sandbox: 'workspace-write' }, '0.125.0')).toEqual(['sandbox', 'linux', '--full-auto']);
    expect(args({ sandbox: 'workspace-write' })).toEqual(['sandbox', '-c', 'sandbox_mode="workspace-write"']);
  });

  it('keep the program from writing, which is all that old versions do by themselves', () => {
    expect(args({ sandbox: 'read-only' }, '0.125.0')).toEqual(['sandbox', 'linux']);
    expect(args({ sandbox: 'read-only' })).toEqual(['sandbox', '-c', 'sandbox_mode="read-only"']);
  });

  it.each<[Partial<SandboxRequest>, string, string]>([
    [{}, '0.44.0', '0.47.0'],
    [{ sandbox: 'danger-full-access' }, '0.125.0', '0.150.0'],
    [{ permissionProfile: 'p' }, '0.125.0', '0.150.0'],
    [{ permissionProfile: 'p', includeManagedConfig: true }, '0.125.0', '0.150.0'],
  ])('tell that %j is too new for %s', (request, version, since) => {
    expect(() => args(request, version)).toThrow(
      expect.objectContaining({ code: 'CAPABILITY_UNSUPPORTED', since }) as Error,
    );
  });

  it('contain a permissions profile and managed requirements', () => {
    expect(args({ permissionProfile: 'strict', includeManagedConfig: true })).toEqual([
      ...['sandbox', '--permission-profile', 'strict', '--include-managed-config'],
    ]);
  });

  it('contain the options of macOS, on macOS', () => {
    expect(args({ logDenials: true, allowUnixSockets: ['/a', '/b'] }, '0.169.0', 'darwin')).toEqual([
      ...['sandbox', '--allow-unix-socket', '/a', '--allow-unix-socket', '/b', '--log-denials'],
    ]);
    expect(args({ logDenials: true }, '0.98.0', 'darwin')).toEqual(['sandbox', 'macos', '--log-denials']);
    expect(() => args({ logDenials: true }, '0.47.0', 'darwin')).toThrow('0.75.0');
    expect(() => args({ allowUnixSockets: ['/a'] }, '0.98.0', 'darwin')).toThrow('0.125.0');
  });

  it('rejects options of macOS elsewhere', () => {
    expect(() => args({ logDenials: true })).toThrow(expect.objectContaining({ field: 'logDenials' }) as Error);
    expect(() => args({ allowUnixSockets: ['/a'] }, '0.169.0', 'win32')).toThrow(
      expect.objectContaining({ field: 'allowUnixSockets' }) as Error,
    );
  });
});

describe('sandbox$', () => {
  it('puts the program behind --, with the settings of the request', async () => {
    const fake = standIn();
    const request = { command: ['ls', '--all', '-c'], config: { a: 1 }, enable: ['x'], disable: ['y'], profile: 'p' };
    await valuesOf(sandbox$({ ...fake.options, ...request, sandbox: 'workspace-write' }));
    expect(fake.invocations()[0]?.argv).toEqual([
      ...['-c', 'a=1', '--enable', 'x', '--disable', 'y', '--profile', 'p'],
      ...['sandbox', '-c', 'sandbox_mode="workspace-write"', '--', 'ls', '--all', '-c'],
    ]);
  });

  it('runs in the folder of the request, else in that of the client, else in that of the host', async () => {
    const fake = standIn();
    const [a, b] = [privateFolder(), privateFolder()];
    const codex = createCodex({ ...fake.options, workingDirectory: a });
    await valuesOf(codex.sandbox$({ command, workingDirectory: b }));
    await valuesOf(codex.sandbox$({ command }));
    await valuesOf(sandbox$({ ...fake.options, command }));
    expect(fake.invocations().map(({ cwd }) => cwd)).toEqual([b, a, process.cwd()]);
  });

  it('emits any exit code as data, with both streams', async () => {
    const fake = standIn([{ raw: 'out' }, { stderr: 'err' }, { exit: 7 }]);
    await expect(valuesOf(sandbox$({ ...fake.options, command }))).resolves.toMatchObject([
      { exitCode: 7, stdout: 'out', stderr: 'err' },
    ]);
  });

  it.each<[string, object]>([
    ['command', { command: [] }],
    ['command[0]', { command: [' '] }],
    ['command[1]', { command: ['a', 'b\0'] }],
    ['command[1]', { command: ['curl', 'Authorization: Bearer abcdefghijkl'] }],
    ['sandbox', { sandbox: 'open' }],
    ['permissionProfile', { permissionProfile: '' }],
    ['includeManagedConfig', { includeManagedConfig: true }],
  ])('rejects %s before it starts the sandbox', async (field, request) => {
    const fake = standIn();
    await expect(errorOf(sandbox$({ ...fake.options, command, ...request }))).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field,
    });
    expect(fake.invocations()).toEqual([]);
  });
});
