import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import { type McpAddRequest, mcpAdd$ } from '@codex-rx/core/commands';
import { type FakeCodex } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom } from 'rxjs';
import { privateFolder, removeFolders } from '../support/real.js';
import { recordedAt } from '../support/recorded.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});
const stored = recordedAt('0.169.0', 'mcp-7-get-json').stdout;

describe('adding a server', () => {
  const server = { command: ['npx', '-y', 'docs-server', '--port', '9'], env: { TOKEN: 'abc', MODE: 'x' } };
  const add$ = (fake: FakeCodex, codexHome: string, more: Partial<McpAddRequest> = {}) =>
    mcpAdd$({ ...fake.options, codexHome, name: 'docs', server, ...more });

  it('writes a process with its environment into the configuration; no value is ever an argument', async () => {
    const fake = says(stored);
    const home = privateFolder();
    writeFileSync(join(home, 'config.toml'), '# mine\nmodel = "m"\n', { mode: 0o644 });
    await expect(valuesOf(add$(fake, home))).resolves.toMatchObject([{ replaced: false, server: { name: 'docs' } }]);
    expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe(
      '# mine\nmodel = "m"\n\n[mcp_servers.docs]\ncommand = "npx"\nargs = ["-y", "docs-server", "--port", "9"]\n\n' +
        '[mcp_servers.docs.env]\nTOKEN = "abc"\nMODE = "x"\n',
    );
    expect(statSync(join(home, 'config.toml')).mode & 0o777).toBe(0o600);
    expect(fake.invocations().map(({ argv }) => argv)).toEqual([['mcp', 'get', '--json', '--', 'docs']]);
    expect(readdirSync(home).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('writes an address with the name of the variable that holds its token', async () => {
    const home = join(privateFolder(), 'new');
    await valuesOf(
      add$(says(stored), home, {
        server: {
          url: ' https://x.example/mcp ',
          bearerTokenEnvVar: 'T',
          headers: { 'X-A': 'b' },
          envHeaders: { 'X-C': 'D' },
        },
      }),
    );
    expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe(
      '[mcp_servers.docs]\nurl = "https://x.example/mcp"\nbearer_token_env_var = "T"\n\n' +
        '[mcp_servers.docs.http_headers]\nX-A = "b"\n\n[mcp_servers.docs.env_http_headers]\nX-C = "D"\n',
    );
  });

  it('writes times in seconds, and what else a process may have', async () => {
    const home = privateFolder();
    await valuesOf(
      add$(says(stored), home, {
        server: { command: ['x'], envVars: ['A'], cwd: '/tmp', startupTimeout: 1500, toolTimeout: 60_000 },
      }),
    );
    expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe(
      '[mcp_servers.docs]\ncommand = "x"\nargs = []\nenv_vars = ["A"]\ncwd = "/tmp"\nstartup_timeout_sec = 1.5\ntool_timeout_sec = 60\n',
    );
  });

  it('reports that it replaces a server', async () => {
    const home = privateFolder();
    await valuesOf(add$(says(stored), home));
    await expect(valuesOf(add$(says(stored), home, { server: { command: ['other'] } }))).resolves.toMatchObject([
      { replaced: true },
    ]);
    expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe('[mcp_servers.docs]\ncommand = "other"\nargs = []\n');
  });

  it('restores the file if the CLI rejects it', async () => {
    const refusing = standIn([{ stderr: 'Error loading config.toml: no\n' }, { exit: 1 }]);
    const home = privateFolder();
    await expect(errorOf(add$(refusing, home))).resolves.toMatchObject({ code: 'EXIT', category: 'config' });
    expect(readdirSync(home)).not.toContain('config.toml');
    writeFileSync(join(home, 'config.toml'), 'a = 1 # mine\n');
    await errorOf(add$(refusing, home));
    expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe('a = 1 # mine\n');
  });

  it('leaves a configuration that is a link a link', async () => {
    const home = privateFolder();
    const target = join(privateFolder(), 'dotfiles.toml');
    writeFileSync(target, 'a = 1\n');
    symlinkSync(target, join(home, 'config.toml'));
    await valuesOf(add$(says(stored), home));
    expect(lstatSync(join(home, 'config.toml')).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toContain('[mcp_servers.docs]');
  });

  it.each([
    ['is no TOML', 'secret = "abc\n'],
    ['has its servers inline', 'mcp_servers = { docs = { command = "x" } }\n'],
  ])('does not touch a configuration that %s', async (_name, text) => {
    const fake = standIn();
    const home = privateFolder();
    writeFileSync(join(home, 'config.toml'), text);
    const error = await errorOf(add$(fake, home));
    expect(error).toMatchObject({ code: 'HOME_FAILED', path: join(home, 'config.toml') });
    expect(String(error)).not.toContain('abc');
    expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe(text);
    expect(fake.invocations()).toEqual([]);
  });

  it('errors if the configuration cannot be read', async () => {
    const home = privateFolder();
    mkdirSync(join(home, 'config.toml'));
    await expect(errorOf(add$(standIn(), home))).resolves.toMatchObject({ code: 'HOME_FAILED' });
  });

  it('removes only its own server if others changed the file before the CLI rejected it', async () => {
    const home = privateFolder();
    const path = join(home, 'config.toml');
    writeFileSync(path, 'model = "m"\n');
    const refusing = standIn([{ wait: 400 }, { exit: 1 }]);
    const failed = errorOf(add$(refusing, home, { name: 'bad' }));
    await waitUntil(() => readFileSync(path, 'utf8').includes('mcp_servers.bad'));
    await valuesOf(add$(says(stored), home));
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n# by hand\n`);
    await expect(failed).resolves.toMatchObject({ code: 'EXIT' });
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('[mcp_servers.docs]');
    expect(text).toContain('# by hand');
    expect(text).not.toContain('mcp_servers.bad');
  });

  it('restores the server that it replaced, also if others changed the file meanwhile', async () => {
    const home = privateFolder();
    const path = join(home, 'config.toml');
    writeFileSync(path, '[mcp_servers.docs]\ncommand = "old" # mine\n');
    const failed = errorOf(add$(standIn([{ wait: 400 }, { exit: 1 }]), home));
    await waitUntil(() => !readFileSync(path, 'utf8').includes('old'));
    writeFileSync(path, `# by hand\n${readFileSync(path, 'utf8')}`);
    await failed;
    expect(readFileSync(path, 'utf8')).toBe('# by hand\n[mcp_servers.docs]\ncommand = "old" # mine\n');
  });

  it('does not change a file that replaced its own meanwhile', async () => {
    const home = privateFolder();
    const path = join(home, 'config.toml');
    const failed = errorOf(add$(standIn([{ wait: 400 }, { exit: 1 }]), home));
    await waitUntil(() => existsSync(path));
    writeFileSync(path, 'model = "by somebody else"\n');
    await failed;
    expect(readFileSync(path, 'utf8')).toBe('model = "by somebody else"\n');
  });

  it('restores the file when it is unsubscribed from before the CLI answered', async () => {
    const home = privateFolder();
    const path = join(home, 'config.toml');
    writeFileSync(path, 'model = "m"\n');
    const subscription = add$(standIn([{ wait: 30_000 }]), home).subscribe();
    await waitUntil(() => readFileSync(path, 'utf8').includes('mcp_servers'));
    subscription.unsubscribe();
    expect(readFileSync(path, 'utf8')).toBe('model = "m"\n');
    await whenIdle();
  });

  it('does not restore the file for a subscriber that unsubscribes on the result', async () => {
    const home = privateFolder();
    await firstValueFrom(add$(says(stored), home));
    expect(readFileSync(join(home, 'config.toml'), 'utf8')).toContain('[mcp_servers.docs]');
  });

  it('rejects a file that is read-only, a FIFO, or too large, without waiting', async () => {
    const home = privateFolder();
    const path = join(home, 'config.toml');
    writeFileSync(path, 'a = 1\n', { mode: 0o444 });
    await expect(errorOf(add$(standIn(), home))).resolves.toMatchObject({ code: 'HOME_FAILED' });
    expect(readFileSync(path, 'utf8')).toBe('a = 1\n');
    rmSync(path);
    execFileSync('mkfifo', [path]);
    await expect(errorOf(add$(standIn(), home))).resolves.toMatchObject({ code: 'HOME_FAILED', path });
    rmSync(path);
    writeFileSync(path, `#${' '.repeat(5 * 1024 * 1024)}\n`);
    await expect(errorOf(add$(standIn(), home))).resolves.toMatchObject({ code: 'HOME_FAILED' });
  });

  it('rejects a home below /proc, where a folder cannot be created, without waiting', async () => {
    const request = { codexHome: '/proc/self/fd/no-such/home', createHomeDirs: false };
    await expect(errorOf(mcpAdd$({ ...standIn().options, ...request, name: 'docs', server }))).resolves.toMatchObject({
      code: 'HOME_FAILED',
    });
  });

  it.each<[string, unknown]>([
    ['server', undefined],
    ['server', {}],
    ['server', { command: ['x'], url: 'http://x' }],
    ['server.command', { command: [] }],
    ['server.command', { command: [' '] }],
    ['server.command', { command: 'x' }],
    ['server.command[1]', { command: ['x', '\0'] }],
    ['server.env.A=B', { command: ['x'], env: { 'A=B': 'c' } }],
    ['server.env.A', { command: ['x'], env: { A: 'b\0' } }],
    ['server.env', { command: ['x'], env: [] }],
    ['server.envVars[0]', { command: ['x'], envVars: ['a b'] }],
    ['server.cwd', { command: ['x'], cwd: '' }],
    ['server.startupTimeout', { command: ['x'], startupTimeout: -1 }],
    ['server.url', { url: ' ' }],
    ['server.url', { url: 'not an address' }],
    ['server.url', { url: 'https://user:secret@x' }],
    ['server.bearerTokenEnvVar', { url: 'https://x', bearerTokenEnvVar: '' }],
    ['server.envHeaders.X', { url: 'https://x', envHeaders: { X: 'a b' } }],
    ['server.env', { url: 'https://x', env: { A: 'b' } }],
    ['server.bearerTokenEnvVar', { command: ['x'], bearerTokenEnvVar: 'T' }],
  ])('rejects %s before anything is written: %j', async (field, wrong) => {
    const fake = standIn();
    const home = privateFolder();
    await expect(errorOf(add$(fake, home, { server: wrong } as Partial<McpAddRequest>))).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field,
    });
    expect(readdirSync(home)).toEqual([]);
    expect(fake.invocations()).toEqual([]);
  });
});
