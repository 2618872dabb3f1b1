import { execFile } from 'node:child_process';
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
import { promisify } from 'node:util';
import { type McpServerChanges, type McpServerDefinition, mcpConfig } from '@codex-rx/core/mcp';
import { waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom } from 'rxjs';
import { hostId } from '../../../src/process/host-id.js';
import { startTimeOf } from '../../../src/process/process-state.js';
import { bundle, program, removeBundles } from '../../exec/support/bundle.js';
import { temporaryFolder } from '../../reading/temporary.js';

const folder = temporaryFolder();
let homes = 0;
let home: string;
const path = (): string => join(home, 'config.toml');
const text = (): string => readFileSync(path(), 'utf8');

beforeEach(() => {
  home = join(folder.path, `home-${String(homes++)}`);
  mkdirSync(home);
});

const stdio = { command: ['npx', '-y', 'docs'], env: { MODE: 'x' }, envVars: ['DOCS_TOKEN'], cwd: '/srv' };
const stored = {
  name: 'docs',
  enabled: true,
  disabled_reason: null,
  transport: {
    type: 'stdio',
    command: 'npx',
    args: ['-y', 'docs'],
    env: { MODE: 'x' },
    env_vars: ['DOCS_TOKEN'],
    cwd: '/srv',
  },
  enabled_tools: null,
  disabled_tools: null,
  startup_timeout_sec: null,
  tool_timeout_sec: null,
};

describe('the MCP servers of a home', () => {
  it('are empty without a file, and reading creates nothing', async () => {
    const config = mcpConfig(join(home, 'none'));
    expect(await firstValueFrom(config.list$())).toEqual([]);
    expect(await firstValueFrom(config.get$('docs'))).toBeUndefined();
    expect(await firstValueFrom(config.remove$('docs'))).toBeUndefined();
    expect(existsSync(join(home, 'none'))).toBe(false);
  });

  it('returns, lists and stores a server that it adds, with its variables, and changes no variable here', async () => {
    const config = mcpConfig(home);
    const before = { ...process.env };
    expect(await firstValueFrom(config.add$('docs', stdio))).toEqual(stored);
    expect(await firstValueFrom(config.list$())).toEqual([stored]);
    expect(await firstValueFrom(config.get$('docs'))).toEqual(stored);
    expect(text()).toBe(
      '[mcp_servers.docs]\ncommand = "npx"\nargs = ["-y", "docs"]\nenv_vars = ["DOCS_TOKEN"]\ncwd = "/srv"\n\n' +
        '[mcp_servers.docs.env]\nMODE = "x"\n',
    );
    expect(process.env).toEqual(before);
  });

  it('stores the name of the variable of a token, never its value', async () => {
    await firstValueFrom(mcpConfig(home).add$('web', { url: 'https://x.example/mcp', bearerTokenEnvVar: 'WEB_TOKEN' }));
    expect(text()).toBe('[mcp_servers.web]\nurl = "https://x.example/mcp"\nbearer_token_env_var = "WEB_TOKEN"\n');
  });

  it('keeps the other server, comments and settings when it removes one of two', async () => {
    const other = '# mine\nmodel = "m" # ours\n\n[mcp_servers.b]\ncommand = \'b\' # b\n';
    writeFileSync(path(), `${other}\n[mcp_servers.docs]\ncommand = "x"\n`);
    expect(await firstValueFrom(mcpConfig(home).remove$('docs'))).toMatchObject({ name: 'docs' });
    expect(text().trimEnd()).toBe(other.trimEnd());
    expect(await firstValueFrom(mcpConfig(home).remove$('docs'))).toBeUndefined();
  });

  it('makes the file readable by its owner only, and leaves no other file', async () => {
    writeFileSync(path(), 'a = 1\n', { mode: 0o644 });
    await firstValueFrom(mcpConfig(home).add$('docs', stdio));
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual(['config.toml']);
  });

  it('rejects a name that is in use, and replaces it with overwrite', async () => {
    const config = mcpConfig(home);
    await firstValueFrom(config.add$('docs', stdio));
    const before = text();
    await expect(firstValueFrom(config.add$('docs', { command: ['y'] }))).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      field: 'name',
    });
    expect(text()).toBe(before);
    await firstValueFrom(config.add$('docs', { command: ['y'] }, { overwrite: true }));
    expect(await firstValueFrom(config.get$('docs'))).toMatchObject({ transport: { command: 'y', env: null } });
  });

  it('does nothing before it is subscribed, and once for each subscription', async () => {
    const add$ = mcpConfig(home).add$('docs', stdio);
    expect(existsSync(path())).toBe(false);
    await firstValueFrom(add$);
    await expect(firstValueFrom(add$)).rejects.toMatchObject({ field: 'name' });
  });
});

describe('an update', () => {
  it.each<[McpServerChanges, string]>([
    [{ toolTimeout: 2_500 }, 'command = "x"\nargs = ["y"]\nstartup_timeout_sec = 1.5\ntool_timeout_sec = 2.5\n'],
    [{ startupTimeout: undefined }, 'command = "x"\nargs = ["y"]\n'],
    [{ command: ['z'] }, 'command = "z"\nargs = []\nstartup_timeout_sec = 1.5\n'],
    [
      { enabled: false, disabledTools: ['d'] },
      'command = "x"\nargs = ["y"]\nstartup_timeout_sec = 1.5\nenabled = false\ndisabled_tools = ["d"]\n',
    ],
    [{ url: 'http://x.example/' }, 'url = "http://x.example/"\nstartup_timeout_sec = 1.5\n'],
  ])('changes what it names, and keeps all else: %j', async (changes, expected) => {
    const tools = '[mcp_servers.a.tools.search]\napproval_mode = "approve"\n';
    const own = 'command = "x"\nargs = ["y"]\nstartup_timeout_ms = 1500\n';
    writeFileSync(path(), `# head\n[mcp_servers.a]\n${own}\n${tools}\n[z]\n`);
    await firstValueFrom(mcpConfig(home).update$('a', changes));
    expect(text().startsWith(`# head\n[mcp_servers.a]\n${expected}\n`)).toBe(true);
    expect(text().endsWith(`\n${tools}\n[z]\n`)).toBe(true);
  });

  it('keeps stored settings that a definition cannot have', async () => {
    const variables = 'env_vars = ["A", { name = "B", source = "remote" }]\n';
    const odd = '[mcp_servers.a.env]\nA-B = "x"\n';
    writeFileSync(path(), `[mcp_servers.a]\ncommand = "x"\n${variables}\n${odd}`);
    await firstValueFrom(mcpConfig(home).update$('a', { toolTimeout: 1_000 }));
    expect(text()).toBe(`[mcp_servers.a]\ncommand = "x"\nargs = []\n${variables}tool_timeout_sec = 1\n\n${odd}`);
  });

  it('rejects what makes the server one that the CLI rejects', async () => {
    const before = '[mcp_servers.a]\ncommand = "x"\nstartup_timeout_sec = -1\n';
    writeFileSync(path(), before);
    const config = mcpConfig(home);
    await expect(firstValueFrom(config.update$('a', { enabled: false }))).rejects.toMatchObject({
      code: 'HOME_FAILED',
    });
    expect(text()).toBe(before);
    await firstValueFrom(config.update$('a', { startupTimeout: 1_000 }));
    expect(await firstValueFrom(config.get$('a'))).toMatchObject({ startup_timeout_sec: 1 });
  });

  it.each<[McpServerChanges, string]>([
    [{ command: undefined }, 'changes'],
    [{ command: ['x'], url: 'http://x' }, 'changes'],
    [{ headers: { A: 'b' } }, 'changes.headers'],
  ])('rejects changes that leave no server, or fit another kind: %j', async (changes, field) => {
    writeFileSync(path(), '[mcp_servers.a]\ncommand = "x"\n');
    await expect(firstValueFrom(mcpConfig(home).update$('a', changes))).rejects.toMatchObject({ field });
  });

  it('rejects a server that is not stored', async () => {
    await expect(firstValueFrom(mcpConfig(home).update$('none', { enabled: false }))).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      field: 'name',
    });
    expect(existsSync(path())).toBe(false);
  });
});

describe('a secret', () => {
  const token = `sk-${'a'.repeat(24)}`;
  const underscored = `ghp_${'A'.repeat(30)}`;

  it.each<[string, McpServerDefinition]>([
    ['server.env.API_KEY', { command: ['x'], env: { API_KEY: 'v' } }],
    ['server.env.MODE', { command: ['x'], env: { MODE: token } }],
    ['server.command[1]', { command: ['x', `--key=${token}`] }],
    ['server.command[2]', { command: ['x', '--api-key', 'v'] }],
    ['server.headers.Authorization', { url: 'http://x', headers: { Authorization: 'v' } }],
    ['server.headers.X', { url: 'http://x', headers: { X: `Bearer ${token}` } }],
    ['server.url', { url: 'http://x/?api_key=abcdefgh' }],
    ['server.cwd', { command: ['x'], cwd: `/srv/${token}` }],
    ['server.envVars[0]', { command: ['x'], envVars: [token] }],
    ['server.envVars[0]', { command: ['x'], envVars: [underscored] }],
    ['server.bearerTokenEnvVar', { url: 'http://x', bearerTokenEnvVar: token }],
    ['server.bearerTokenEnvVar', { url: 'http://x', bearerTokenEnvVar: underscored }],
    ['server.envHeaders.X', { url: 'http://x', envHeaders: { X: token } }],
    ['server.envHeaders.X', { url: 'http://x', envHeaders: { X: underscored } }],
    ['server.env', { command: ['x'], env: { [token]: 'v' } }],
    ['server.env', { command: ['x'], env: { [underscored]: 'v' } }],
  ])('is not stored in %s', async (field, server) => {
    const error: unknown = await firstValueFrom(mcpConfig(home).add$('a', server)).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', field });
    expect(String(error)).not.toContain(token);
    expect(String(error)).not.toContain(underscored);
    expect(readdirSync(home)).toEqual([]);
  });

  it('is not the name of a server', async () => {
    const config = mcpConfig(home);
    for (const one$ of [config.add$(token, stdio), config.update$(token, { enabled: false })]) {
      const error: unknown = await firstValueFrom(one$).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: 'REQUEST_INVALID', field: 'name' });
      expect(String(error)).not.toContain(token);
    }
    expect(readdirSync(home)).toEqual([]);
  });

  it.each(['1A', 'A-B', 'A B', 'A=b', '$A'])('is not taken for the name of a variable: %j', async (name) => {
    for (const server of [
      { command: ['x'], envVars: [name] },
      { url: 'http://x', bearerTokenEnvVar: name },
    ])
      await expect(firstValueFrom(mcpConfig(home).add$('a', server))).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      });
  });

  it('is not stored by an update, which keeps one that a person stored', async () => {
    writeFileSync(path(), '[mcp_servers.a]\ncommand = "x"\nenv = { API_KEY = "v" }\n');
    const config = mcpConfig(home);
    await expect(firstValueFrom(config.update$('a', { env: { A_TOKEN: 'v' } }))).rejects.toMatchObject({
      field: 'changes.env.A_TOKEN',
    });
    await firstValueFrom(config.update$('a', { enabled: false }));
    expect(await firstValueFrom(config.get$('a'))).toMatchObject({ transport: { env: { API_KEY: 'v' } } });
  });
});

describe('a file or a name that is not valid', () => {
  it.each(['[mcp_servers', 'mcp_servers = 1', '[mcp_servers.a]\nfoo = "secret-value"', '[mcp_servers.a]\ncommand = 1'])(
    'is an error, which does not quote the file: %j',
    async (content) => {
      writeFileSync(path(), content);
      const error: unknown = await firstValueFrom(mcpConfig(home).list$()).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: 'HOME_FAILED', path: path() });
      expect(String(error)).not.toContain('secret-value');
      expect(text()).toBe(content);
    },
  );

  it('is an error of servers that are not written as tables, which stay', async () => {
    writeFileSync(path(), 'mcp_servers = { a = { command = "x" } }\n');
    await expect(firstValueFrom(mcpConfig(home).add$('b', stdio))).rejects.toMatchObject({ code: 'HOME_FAILED' });
    expect(text()).toBe('mcp_servers = { a = { command = "x" } }\n');
    expect(await firstValueFrom(mcpConfig(home).list$())).toMatchObject([{ name: 'a' }]);
  });

  it.each(['', ' ', 'a b', 'é', '\n'])('rejects the name %j', async (name) => {
    const config = mcpConfig(home);
    for (const one$ of [config.get$(name), config.add$(name, stdio), config.update$(name, {}), config.remove$(name)])
      await expect(firstValueFrom<unknown>(one$)).rejects.toMatchObject({ code: 'REQUEST_INVALID', field: 'name' });
  });
});

describe('a file that cannot be written', () => {
  it('is an error for a link to a missing file, which stays a link', async () => {
    symlinkSync(join(home, 'missing.toml'), path());
    await expect(firstValueFrom(mcpConfig(home).add$('docs', stdio))).rejects.toMatchObject({
      code: 'HOME_FAILED',
      message: expect.stringContaining('link') as string,
    });
    expect(lstatSync(path()).isSymbolicLink()).toBe(true);
    expect(readdirSync(home)).toEqual(['config.toml']);
  });

  it('is an error that says why', async () => {
    writeFileSync(path(), '', { mode: 0o400 });
    await expect(firstValueFrom(mcpConfig(home).add$('docs', stdio))).rejects.toThrow('read-only');
    writeFileSync(join(home, 'file'), '');
    await expect(firstValueFrom(mcpConfig(join(home, 'file', 'x')).add$('docs', stdio))).rejects.toThrow('ENOTDIR');
  });
});

describe('several processes', () => {
  afterAll(removeBundles);

  it('do not lose an edit of each other', async () => {
    const writer = bundle(program('config-writer.ts'));
    const writers = ['a', 'b', 'c', 'd'];
    writeFileSync(path(), '# mine\n[features]\nplugins = false\n');
    await Promise.all(writers.map((name) => promisify(execFile)(process.execPath, [writer, home, name, '8'])));
    const servers = await firstValueFrom(mcpConfig(home).list$());
    expect(servers.map(({ name, tool_timeout_sec }) => [name, tool_timeout_sec])).toEqual(
      writers.flatMap((name) => [0, 2, 4, 6].map((index) => [`${name}-${String(index)}`, 1])),
    );
    expect(text().startsWith('# mine\n[features]\nplugins = false\n')).toBe(true);
    expect(readdirSync(home)).toEqual(['config.toml']);
  });

  it('wait for the lock of a living process without blocking their own, until they are unsubscribed', async () => {
    const lock = `${path()}.lock`;
    writeFileSync(lock, JSON.stringify({ ...hostId(), pid: process.ppid, startTime: startTimeOf(process.ppid) }));
    let added = false;
    const add = (name: string) =>
      mcpConfig(home)
        .add$(name, stdio)
        .subscribe(() => {
          added = true;
        });
    const left = add('left');
    const waiting = add('docs');
    await new Promise((resolve) => setTimeout(resolve, 50));
    left.unsubscribe();
    expect(added).toBe(false);
    rmSync(lock);
    await waitUntil(() => waiting.closed);
    const servers = await firstValueFrom(mcpConfig(home).list$());
    expect(servers.map(({ name }) => name)).toEqual(['docs']);
    expect(readdirSync(home)).toEqual(['config.toml']);
  });

  it('are not blocked by the lock of one that was killed', async () => {
    const dead = { ...hostId(), pid: 4_194_303, startTime: '1' };
    writeFileSync(`${path()}.lock`, JSON.stringify(dead));
    await firstValueFrom(mcpConfig(home).add$('docs', stdio));
    expect(readdirSync(home)).toEqual(['config.toml']);
  });
});
