import { resolve } from 'node:path';
import { inspect } from 'node:util';
import { mcpRuntimes, resolveMcpLauncher } from '@codex-rx/core/mcp';
import { firstValueFrom, lastValueFrom } from 'rxjs';
import { httpServer, serverProgram, stdioServer } from '../support/servers.js';

const stdio = (
  more: Parameters<typeof stdioServer>[1] = {},
  options: Parameters<typeof resolveMcpLauncher>[1] = {},
) => {
  const launcher = resolveMcpLauncher(stdioServer(['a', 'b'], { command: 'docs', ...more }), options);
  if (launcher.type !== 'stdio') throw new Error('not a process');
  return launcher;
};
const http = (more: Parameters<typeof httpServer>[1] = {}, options: Parameters<typeof resolveMcpLauncher>[1] = {}) => {
  const launcher = resolveMcpLauncher(httpServer('https://x.example/mcp', more), options);
  if (launcher.type !== 'streamable_http') throw new Error('not a connection');
  return launcher;
};

describe('the launcher of a process', () => {
  it('has the command, the times and the tools of the definition, and defaults for the rest', () => {
    expect(stdio({ enabled_tools: ['a'], disabled_tools: ['b'], tool_timeout_sec: null }, { toolTimeout: 7 })).toEqual({
      type: 'stdio',
      name: 'docs',
      command: 'docs',
      args: ['a', 'b'],
      cwd: process.cwd(),
      startupTimeout: 30_000,
      toolTimeout: 7,
      enabledTools: ['a'],
      disabledTools: ['b'],
      environment: expect.any(Function) as unknown,
    });
    const defaults = { startup_timeout_sec: null, tool_timeout_sec: null };
    expect(stdio(defaults)).toMatchObject({ startupTimeout: 10_000, toolTimeout: 60_000 });
    expect(stdio({}, { workingDirectory: 'below' }).cwd).toBe(resolve('below'));
  });

  it('merges variables: those of the host, CODEX_HOME, the options, named ones, then those of the definition', () => {
    const env = { A: 'options', B: 'options', C: 'options', PATH: '/bin' };
    const launcher = stdio({ env: { B: 'definition' }, env_vars: ['C', 'NOT_SET'] }, { codexHome: 'home', env });
    expect(launcher.environment()).toMatchObject({
      CODEX_HOME: resolve('home'),
      A: 'options',
      B: 'definition',
      C: 'options',
      PATH: '/bin',
      HOME: process.env.HOME,
    });
    expect(
      stdio({ env: { CODEX_HOME: '/d' } }, { codexHome: '/o', env: { CODEX_HOME: '/e' } }).environment(),
    ).toMatchObject({
      CODEX_HOME: '/d',
    });
    expect(stdio({}, { codexHome: '/o', env: { CODEX_HOME: undefined } }).environment()).not.toHaveProperty(
      'CODEX_HOME',
    );
  });

  it('passes no other variable of the host on, unless the definition names it', () => {
    process.env.RX_TEST_SECRET = 'host';
    try {
      expect(stdio().environment()).not.toHaveProperty('RX_TEST_SECRET');
      expect(stdio({ env_vars: ['RX_TEST_SECRET'] }).environment()).toMatchObject({ RX_TEST_SECRET: 'host' });
    } finally {
      delete process.env.RX_TEST_SECRET;
    }
  });

  it('rejects a kind of server that is not known', () => {
    const unknown = { ...stdioServer([]), transport: { type: 'unknown', transport_type: 'pigeon', raw: {} } } as const;
    expect(() => resolveMcpLauncher(unknown)).toThrow('pigeon');
  });
});

describe('the launcher of a connection', () => {
  it('takes the token from the environment, keeps other headers, and changes seconds to ms', () => {
    const launcher = http(
      { token: 'WEB_TOKEN', headers: { 'X-A': 'b' }, envHeaders: { 'X-C': 'OTHER' }, tool_timeout_sec: 0.5 },
      { env: { WEB_TOKEN: 'abc', OTHER: 'd' } },
    );
    expect(launcher).toMatchObject({ url: 'https://x.example/mcp', bearerTokenEnvVar: 'WEB_TOKEN', toolTimeout: 500 });
    expect(launcher.headers()).toEqual({ 'X-A': 'b', 'X-C': 'd', Authorization: 'Bearer abc' });
  });

  it('keeps an Authorization header of the definition', () => {
    const launcher = http({ token: 'WEB_TOKEN', headers: { authorization: 'Basic x' } }, { env: { WEB_TOKEN: 'abc' } });
    expect(launcher.headers()).toEqual({ authorization: 'Basic x' });
  });

  it.each([undefined, ''])('has no headers if the variable of the token is %j', (value) => {
    expect(() => http({ token: 'WEB_TOKEN' }, { env: { WEB_TOKEN: value } }).headers()).toThrow('WEB_TOKEN');
  });

  it('does not contain the token when it is printed or stored', () => {
    const launcher = http({ token: 'WEB_TOKEN' }, { env: { WEB_TOKEN: 'abc-secret' } });
    expect(JSON.stringify(launcher) + inspect(launcher, { depth: 9, showHidden: true })).not.toContain('abc-secret');
  });
});

describe('a time limit', () => {
  it.each([
    [0, 0],
    [1.5, 1_500],
    [1e9, Infinity],
  ])('of %d s is %d ms', (seconds, ms) => {
    const server = stdioServer([], { startup_timeout_sec: seconds, tool_timeout_sec: seconds });
    expect(resolveMcpLauncher(server)).toMatchObject({ startupTimeout: ms, toolTimeout: ms });
  });

  it.each([-1, Number.NaN])('is rejected: %d', (wrong) => {
    const server = stdioServer([], { startup_timeout_sec: null, tool_timeout_sec: null });
    for (const [field, resolve] of [
      ['startupTimeout', () => resolveMcpLauncher(server, { startupTimeout: wrong })],
      ['toolTimeout', () => resolveMcpLauncher(server, { toolTimeout: wrong })],
      ['server.startup_timeout_sec', () => resolveMcpLauncher({ ...server, startup_timeout_sec: wrong })],
      ['server.tool_timeout_sec', () => resolveMcpLauncher({ ...server, tool_timeout_sec: wrong })],
    ] as const)
      expect(resolve).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID', field }) as Error);
  });
});

describe('a header that HTTP cannot have', () => {
  it.each(['abc\nsecret-1', 'secret-1\n', 'secret-1\r\nX: y', 'secret-1\0', 'secret-1-\u{1f600}'])(
    'is an error without its value: %j',
    (value) => {
      for (const more of [{ token: 'WEB' }, { envHeaders: { 'X-Key': 'WEB' } }]) {
        const launcher = http(more, { env: { WEB: value } });
        let error: unknown;
        try {
          launcher.headers();
        } catch (caught) {
          error = caught;
        }
        expect(error).toMatchObject({ code: 'REQUEST_INVALID', field: 'env' });
        expect(String(error)).toContain('WEB');
        expect(String(error)).not.toContain('secret-1');
      }
    },
  );
});

describe('the servers of a configuration', () => {
  const servers = [
    httpServer('https://x.example/mcp', { name: 'web', disabled_tools: ['d'] }),
    stdioServer([serverProgram], { name: 'docs', enabled_tools: ['environment'], env: { A: 'definition' } }),
    stdioServer([], { name: 'off', enabled: false }),
  ];
  const runtimes = mcpRuntimes(servers, { env: { A: 'options', B: 'options' } });

  it('are listed by name with their tools, without those that are disabled', () => {
    const available = [
      { name: 'docs', type: 'stdio', enabledTools: ['environment'], disabledTools: [] },
      { name: 'web', type: 'streamable_http', enabledTools: null, disabledTools: ['d'] },
    ];
    expect(runtimes.available()).toEqual(available);
    expect(runtimes.launcher('web')).toMatchObject({ name: 'web', url: 'https://x.example/mcp' });
    expect(runtimes.available()).toEqual(available);
  });

  it('start with the variables of the options, each time another one', async () => {
    await using one = await runtimes.prepare('docs');
    await using other = await runtimes.prepare('docs');
    expect(one.pid).not.toBe(other.pid);
    const event = await lastValueFrom(one.call$('environment'));
    const text = event.type === 'result' ? String(event.result.content[0]?.text) : '';
    expect(JSON.parse(text)).toMatchObject({ A: 'definition', B: 'options' });
    expect((await firstValueFrom(one.tools$())).map(({ name }) => name)).toEqual(['environment']);
  });

  it.each(['off', 'none'])('do not have %s', async (name) => {
    expect(() => runtimes.launcher(name)).toThrow(name);
    await expect(runtimes.prepare(name)).rejects.toMatchObject({ code: 'REQUEST_INVALID', field: 'name' });
  });
});
