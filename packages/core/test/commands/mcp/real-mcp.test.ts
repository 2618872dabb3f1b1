import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { mcpAdd$, mcpGet$, mcpList$, mcpLogin$, mcpLogout$, mcpRemove$ } from '@codex-rx/core/commands';
import { concatMap } from 'rxjs';
import { oauthServer } from '../support/oauth-server.js';
import { realCli, removeFolders } from '../support/real.js';
import { errorOf, valuesOf } from '../support/stand-in.js';

afterEach(removeFolders);

const stdio = { command: ['npx', '-y', 'docs-server', '--port', '9'], env: { TOKEN: 'abc', MODE: 'x' } };

describe('the real CLI: MCP servers', () => {
  it('reads what was added, and removes it; of nothing, too', async () => {
    const options = realCli('# mine\nmodel = "gpt-5.5"');
    await expect(
      valuesOf(
        mcpAdd$({
          ...options,
          name: 'docs',
          server: { ...stdio, envVars: ['PATH'], cwd: '/tmp', startupTimeout: 1500, toolTimeout: 9000 },
        }),
      ),
    ).resolves.toMatchObject([
      {
        replaced: false,
        server: {
          name: 'docs',
          enabled: true,
          transport: {
            type: 'stdio',
            command: 'npx',
            args: ['-y', 'docs-server', '--port', '9'],
            env: { TOKEN: 'abc', MODE: 'x' },
            env_vars: ['PATH'],
            cwd: '/tmp',
          },
          startup_timeout_sec: 1.5,
          tool_timeout_sec: 9,
        },
      },
    ]);
    await expect(
      valuesOf(
        mcpAdd$({
          ...options,
          name: 'web',
          server: {
            url: 'http://127.0.0.1:9/mcp',
            bearerTokenEnvVar: 'T',
            headers: { A: 'b' },
            envHeaders: { C: 'D' },
          },
        }),
      ),
    ).resolves.toMatchObject([
      {
        server: {
          transport: {
            type: 'streamable_http',
            url: 'http://127.0.0.1:9/mcp',
            bearer_token_env_var: 'T',
            http_headers: { A: 'b' },
            env_http_headers: { C: 'D' },
          },
        },
      },
    ]);
    await expect(
      valuesOf(mcpAdd$({ ...options, name: 'docs', server: { command: ['other'] } })),
    ).resolves.toMatchObject([{ replaced: true, server: { transport: { command: 'other', env: null } } }]);
    const [servers] = await valuesOf(mcpList$(options));
    expect(servers?.map(({ name, auth_status }) => [name, auth_status])).toEqual([
      ['docs', 'unsupported'],
      ['web', 'bearer_token'],
    ]);
    await expect(valuesOf(mcpRemove$({ ...options, name: 'docs' }))).resolves.toEqual([
      { name: 'docs', removed: true },
    ]);
    await expect(valuesOf(mcpRemove$({ ...options, name: 'docs' }))).resolves.toEqual([
      { name: 'docs', removed: false },
    ]);
    await expect(errorOf(mcpGet$({ ...options, name: 'docs' }))).resolves.toMatchObject({ code: 'EXIT' });
    const text = readFileSync(join(options.codexHome, 'config.toml'), 'utf8');
    expect(text).toMatch(/^# mine\nmodel = "gpt-5\.5"\n/);
    expect(statSync(join(options.codexHome, 'config.toml')).mode & 0o777).toBe(0o600);
  });

  it('accepts names that are not bare keys', async () => {
    await expect(
      valuesOf(mcpAdd$({ ...realCli(), name: 'a.b/c:d@e', server: { command: ['x'] } })),
    ).resolves.toMatchObject([{ server: { name: 'a.b/c:d@e' } }]);
  });

  it('logs in over OAuth: emits the page, and completes after the redirect', async () => {
    const options = realCli();
    const file = { config: { mcp_oauth_credentials_store: 'file' } };
    const server = await oauthServer();
    // Follows the page as a browser does.
    const visit = async (page: string): Promise<void> => {
      const { searchParams } = new URL(page);
      await fetch(`${searchParams.get('redirect_uri') ?? ''}?code=c1&state=${searchParams.get('state') ?? ''}`);
    };
    try {
      await valuesOf(mcpAdd$({ ...options, name: 'w', server: { url: `${server.url}/mcp` } }));
      const events = await valuesOf(
        mcpLogin$({ ...options, ...file, name: 'w', scopes: ['a', 'b'] }).pipe(
          concatMap(async (event) => {
            if (event.type === 'open') await visit(event.url);
            return event;
          }),
        ),
      );
      expect(events).toEqual([
        { type: 'open', url: expect.stringContaining(`${server.url}/authorize?`) as string },
        { type: 'done', name: 'w' },
      ]);
      expect(new URL((events[0] as { url: string }).url).searchParams.get('scope')).toBe('a b');
      expect(statSync(join(options.codexHome, '.credentials.json')).mode & 0o777).toBe(0o600);
      await expect(valuesOf(mcpLogout$({ ...options, ...file, name: 'w' }))).resolves.toEqual([
        { name: 'w', removed: true },
      ]);
      await expect(valuesOf(mcpLogout$({ ...options, ...file, name: 'w' }))).resolves.toEqual([
        { name: 'w', removed: false },
      ]);
    } finally {
      await server.close();
    }
  });

  it('errors for a login to a missing server or a process', async () => {
    const options = realCli();
    await expect(errorOf(mcpLogin$({ ...options, name: 'ghost' }))).resolves.toMatchObject({
      code: 'EXIT',
      message: expect.stringContaining("No MCP server named 'ghost' found.") as string,
    });
    await valuesOf(mcpAdd$({ ...options, name: 's', server: { command: ['x'] } }));
    await expect(errorOf(mcpLogin$({ ...options, name: 's' }))).resolves.toMatchObject({
      message: expect.stringContaining('only supported for streamable HTTP') as string,
    });
    await expect(errorOf(mcpLogout$({ ...options, name: 'ghost' }))).resolves.toMatchObject({ code: 'EXIT' });
  });
});
