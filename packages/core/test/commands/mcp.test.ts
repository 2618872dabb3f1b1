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
import { inspect } from 'node:util';
import { whenIdle } from '@codex-rx/core';
import {
  type McpAddRequest,
  mcpAdd$,
  mcpGet$,
  mcpList$,
  mcpLogin$,
  mcpLogout$,
  mcpRemove$,
} from '@codex-rx/core/commands';
import { type FakeCodex } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom } from 'rxjs';
import { resolveHome } from '../../src/home/resolve-home.js';
import { privateFolder, removeFolders } from './support/real.js';
import { recorded, recordedAt, speaking } from './support/recorded.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

const stored = recordedAt('0.169.0', 'mcp-7-get-json').stdout;

describe('the servers', () => {
  it.each(recorded('mcp-5-list-json').map((one) => [one.version, one] as const))('are listed (%s)', async (_v, one) => {
    const fake = speaking(one);
    const [servers] = await valuesOf(mcpList$(fake.options));
    expect(servers).toMatchObject([
      {
        name: 'docs',
        enabled: true,
        transport: {
          type: 'stdio',
          command: 'npx',
          args: ['-y', 'docs-server', '--port', '9'],
          env: { TOKEN: 'abc', MODE: 'x' },
        },
      },
      {
        name: 'web',
        transport: { type: 'streamable_http', url: 'http://127.0.0.1:9/mcp', bearer_token_env_var: 'WEB_TOKEN' },
      },
    ]);
    expect(fake.invocations()[0]?.argv).toEqual(['mcp', 'list', '--json']);
    await fake.dispose();
  });

  it.each(recorded('mcp-1b-list-empty-json').map((one) => [one.version, one] as const))(
    'may be none (%s)',
    async (_v, one) => {
      const fake = speaking(one);
      await expect(valuesOf(mcpList$(fake.options))).resolves.toEqual([[]]);
      await fake.dispose();
    },
  );

  it.each(
    ['mcp-7-get-json', 'mcp-8-get-json-http'].flatMap((name) =>
      recorded(name).map((one) => [`${one.version} ${name}`, one] as const),
    ),
  )('are emitted one by one: %s', async (_name, one) => {
    const fake = speaking(one);
    const name = one.case.endsWith('http') ? 'web' : 'docs';
    await expect(valuesOf(mcpGet$({ ...fake.options, name }))).resolves.toEqual([JSON.parse(one.stdout)]);
    expect(fake.invocations()[0]?.argv).toEqual(['mcp', 'get', '--json', '--', name]);
    await fake.dispose();
  });

  it('may be of a kind that is not known', async () => {
    const server = { ...(JSON.parse(stored) as object), transport: { type: 'pigeon', loft: 3 } };
    await expect(valuesOf(mcpGet$({ ...says(JSON.stringify(server)).options, name: 'docs' }))).resolves.toMatchObject([
      { transport: { type: 'unknown', transport_type: 'pigeon', raw: { type: 'pigeon', loft: 3 } } },
    ]);
  });

  it('are not shown when they are not understood, as they hold secrets', async () => {
    const fake = says(stored.replace('"name": "docs"', '"name": 3'));
    const error = await errorOf(mcpGet$({ ...fake.options, name: 'docs' }));
    expect(error).toMatchObject({ code: 'COMMAND_PARSE' });
    expect(String(error)).toContain('name: expected string, found a number');
    const broken = await errorOf(mcpList$(says('abc').options));
    expect(inspect([error, broken], { depth: 9 })).not.toContain('abc');
  });

  it.each(recorded('mcp-11-get-unknown').map((one) => [one.version, one] as const))(
    'are an error if they are not there (%s)',
    async (_v, one) => {
      const fake = speaking(one);
      await expect(errorOf(mcpGet$({ ...fake.options, name: 'docs' }))).resolves.toMatchObject({
        code: 'EXIT',
        message: expect.stringContaining("No MCP server named 'docs' found.") as string,
      });
      await fake.dispose();
    },
  );

  it('are removed by an edit of config.toml, which keeps every other byte; no process is started', async () => {
    const fake = standIn();
    const codexHome = privateFolder();
    const path = join(codexHome, 'config.toml');
    const kept = '# ALPHA\n[mcp_servers.alpha]\ncommand = "npx" # inline\nfuture_key = "keep"\n';
    writeFileSync(path, `${kept}[mcp_servers.docs]\ncommand = "true"\n`);
    const options = { ...fake.options, codexHome, name: 'docs' };
    await expect(valuesOf(mcpRemove$(options))).resolves.toEqual([{ name: 'docs', removed: true }]);
    expect(readFileSync(path, 'utf8')).toBe(kept);
    const { mtimeMs } = statSync(path);
    await expect(valuesOf(mcpRemove$(options))).resolves.toEqual([{ name: 'docs', removed: false }]);
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    expect(fake.invocations()).toEqual([]);
  });

  it('are not there to be removed from a home that does not exist', async () => {
    const codexHome = join(privateFolder(), 'none');
    await expect(valuesOf(mcpRemove$({ codexHome, name: 'docs' }))).resolves.toEqual([
      { name: 'docs', removed: false },
    ]);
    expect(existsSync(codexHome)).toBe(false);
  });

  it('are not removed where they are not written as tables', async () => {
    const codexHome = privateFolder();
    const text = 'mcp_servers = { docs = { command = "x" } }\n';
    writeFileSync(join(codexHome, 'config.toml'), text);
    await expect(errorOf(mcpRemove$({ codexHome, name: 'docs' }))).resolves.toMatchObject({ code: 'HOME_FAILED' });
    expect(readFileSync(join(codexHome, 'config.toml'), 'utf8')).toBe(text);
  });

  it.each([mcpGet$, mcpRemove$, mcpLogin$, mcpLogout$])(
    'reject a name that the CLI does not accept',
    async (command$) => {
      const fake = standIn();
      for (const name of ['', ' ', 'a b', 'a\n', 'ü', '-é'])
        await expect(errorOf(command$({ ...fake.options, name }))).resolves.toMatchObject({
          code: 'REQUEST_INVALID',
          field: 'name',
        });
      expect(fake.invocations()).toEqual([]);
    },
  );
});

describe('the login of a server', () => {
  it('tells the page, then that it is done; scopes are parted by commas', async () => {
    const fake = standIn([
      { raw: 'Authorize `w` by opening this URL in your browser:\nhttp://127.0.0.1:1/authorize?x=1\n\n' },
      { stderr: '(Browser launch failed; please copy the URL above manually.)\n' },
      { wait: 50 },
      { raw: "Successfully logged in to MCP server 'w'.\n" },
    ]);
    await expect(
      valuesOf(mcpLogin$({ ...fake.options, codexHome: privateFolder(), name: 'w', scopes: ['a', 'b'] })),
    ).resolves.toEqual([
      { type: 'open', url: 'http://127.0.0.1:1/authorize?x=1' },
      { type: 'done', name: 'w' },
    ]);
    expect(fake.invocations()[0]?.argv).toEqual(['mcp', 'login', '--scopes', 'a,b', '--', 'w']);
  });

  it.each(
    ['mcp-login-unknown', 'mcp-login-stdio'].flatMap((name) =>
      recorded(name).map((one) => [`${one.version} ${name}`, one] as const),
    ),
  )('errors with the output of the CLI: %s', async (_name, one) => {
    const fake = speaking(one);
    await expect(errorOf(mcpLogin$({ ...fake.options, codexHome: privateFolder(), name: 'x' }))).resolves.toMatchObject(
      { code: 'EXIT' },
    );
    await fake.dispose();
  });

  it.each(['', 'a,b', 'a b'])('refuses the scope %j', async (scope) => {
    await expect(errorOf(mcpLogin$({ ...standIn().options, name: 'x', scopes: [scope] }))).resolves.toMatchObject({
      field: 'scopes[0]',
    });
  });

  it('has no scopes before 0.75', async () => {
    await expect(
      errorOf(mcpLogin$({ ...says('', 0, '0.47.0').options, name: 'x', scopes: ['a'] })),
    ).resolves.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
    });
  });

  it('is removed, or was not there', async () => {
    await expect(
      valuesOf(mcpLogout$({ ...says("Removed OAuth credentials for 'w'.\n").options, name: 'w' })),
    ).resolves.toEqual([{ name: 'w', removed: true }]);
    await expect(
      valuesOf(mcpLogout$({ ...says("No OAuth credentials stored for 'w'.\n").options, name: 'w' })),
    ).resolves.toEqual([{ name: 'w', removed: false }]);
  });

  it.each(
    ['mcp-logout-unknown', 'mcp-logout-http'].flatMap((name) =>
      recorded(name).map((one) => [`${one.version} ${name}`, one] as const),
    ),
  )('cannot be removed: %s', async (_name, one) => {
    const fake = speaking(one);
    await expect(errorOf(mcpLogout$({ ...fake.options, name: 'w' }))).resolves.toMatchObject({ code: 'EXIT' });
    await fake.dispose();
  });
});

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

  it('puts the file back if the CLI refuses it', async () => {
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

  it('takes only its own server out if others changed the file before the CLI refused', async () => {
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

  it('puts back the server that it replaced, also if others changed the file meanwhile', async () => {
    const home = privateFolder();
    const path = join(home, 'config.toml');
    writeFileSync(path, '[mcp_servers.docs]\ncommand = "old" # mine\n');
    const failed = errorOf(add$(standIn([{ wait: 400 }, { exit: 1 }]), home));
    await waitUntil(() => !readFileSync(path, 'utf8').includes('old'));
    writeFileSync(path, `# by hand\n${readFileSync(path, 'utf8')}`);
    await failed;
    expect(readFileSync(path, 'utf8')).toBe('# by hand\n[mcp_servers.docs]\ncommand = "old" # mine\n');
  });

  it('leaves a file alone that replaced its own meanwhile', async () => {
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

describe('the home of a command', () => {
  it('is that of the request, else that of the environment, else that of the user', () => {
    expect(resolveHome({ codexHome: '/a' }).root).toBe('/a');
    expect(resolveHome({ env: { CODEX_HOME: '/b' } }).root).toBe('/b');
    expect(resolveHome({ env: { CODEX_HOME: '', HOME: '/home/u' } }).root).toBe('/home/u/.codex');
    expect(resolveHome({ inheritEnv: false, env: { HOME: '/home/v' } }).configPath).toBe('/home/v/.codex/config.toml');
  });
});
