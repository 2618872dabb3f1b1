import { exec$ } from '@codex-rx/core';
import { command$ } from '@codex-rx/core/commands';
import { fakeCodex } from '@codex-rx/testing';
import { observe } from '../exec/support/observe.js';

const TOKEN = 'correct-horse-battery-9';
const server = (settings: object): object => ({ config: { mcp_servers: { docs: settings } } });

async function outcome(request: object): Promise<{ error: unknown; started: number }> {
  await using fake = fakeCodex([{ line: '{"type":"turn.completed"}' }]);
  const { error } = await observe(exec$({ prompt: 'hello', ...fake.options, ...request }));
  return { error, started: fake.invocations().length };
}

describe('the value of a secret variable', () => {
  it.each<[string, object]>([
    ['config.notes', { config: { notes: `remember ${TOKEN}` } }],
    ['config.a.b', { configOverrides: [`a.b="${TOKEN}"`] }],
  ])('is refused in %s, whatever the key says', async (field, request) => {
    const { error, started } = await outcome({ env: { MY_API_KEY: TOKEN }, ...request });
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', field });
    expect(String(error)).toContain('env_key');
    expect(String(error)).not.toContain(TOKEN);
    expect(started).toBe(0);
  });

  it('is rejected in the settings of a command, too', async () => {
    await using fake = fakeCodex([{ line: '{}' }]);
    const request = {
      ...fake.options,
      env: { MY_API_KEY: TOKEN },
      config: { notes: TOKEN },
      args: ['features', 'list'],
    };
    const { error } = await observe<unknown>(command$(request));
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', field: 'config.notes' });
    expect(fake.invocations()).toEqual([]);
  });
});

describe('a secret in the configuration of a request', () => {
  it.each<[string, object]>([
    [
      'config.model_providers.x.experimental_bearer_token',
      { config: { model_providers: { x: { experimental_bearer_token: TOKEN } } } },
    ],
    [
      'config.model_providers.x.http_headers.Authorization',
      { config: { model_providers: { x: { http_headers: { Authorization: TOKEN } } } } },
    ],
    [
      'config.model_providers.x.http_headers.X-Auth',
      { config: { model_providers: { x: { http_headers: { 'X-Auth': TOKEN } } } } },
    ],
    [
      'config.model_providers.x.query_params.api-key',
      { config: { model_providers: { x: { query_params: { 'api-key': TOKEN } } } } },
    ],
    ['config.mcp_servers.docs.env.GITHUB_TOKEN', server({ env: { GITHUB_TOKEN: TOKEN } })],
    ['config.mcp_servers.docs.env.PGPASSWORD', server({ env: { PGPASSWORD: TOKEN } })],
    ['config.mcp_servers.docs.env.DB_PASS', server({ env: { DB_PASS: TOKEN } })],
    ['config.mcp_servers.docs.env.OPENAI_KEY', server({ env: { OPENAI_KEY: TOKEN } })],
    ['config.mcp_servers.docs.env.GITHUB_PAT', server({ env: { GITHUB_PAT: TOKEN } })],
    ['config.mcp_servers.docs.args[2]', server({ args: ['serve', '--api-key', TOKEN] })],
    ['config.mcp_servers.docs.args[0]', server({ args: [`--api-key=${TOKEN}`] })],
    ['config.mcp_servers.docs.args[1]', server({ args: ['-e', `GITHUB_TOKEN=${TOKEN}`] })],
    ['config.mcp_servers.docs.url', server({ url: `https://docs.example/sse?v=1&api_key=${TOKEN}` })],
    ['config.mcp_servers.docs.url', server({ url: `https://me:${TOKEN}@docs.example/sse` })],
    [
      'config.shell_environment_policy.set.MY_SECRET',
      { config: { shell_environment_policy: { set: { MY_SECRET: TOKEN } } } },
    ],
    [
      'config.otel.exporter.otlp-http.headers.x-otlp-api-key',
      { config: { otel: { exporter: { 'otlp-http': { headers: { 'x-otlp-api-key': TOKEN } } } } } },
    ],
    ['config.notes', { config: { notes: 'the key is sk-proj-0123456789abcdefghij' } }],
    [
      'configOverrides[0] (model_providers.x.experimental_bearer_token)',
      { configOverrides: [`model_providers.x.experimental_bearer_token="${TOKEN}"`] },
    ],
    [
      'configOverrides[0] (mcp_servers.docs).env.GITHUB_TOKEN',
      { configOverrides: [`mcp_servers.docs={ env = { GITHUB_TOKEN = "${TOKEN}" } }`] },
    ],
    [
      'configOverrides[0] (mcp_servers.docs.args)[1]',
      { configOverrides: [`mcp_servers.docs.args=["--token", "${TOKEN}"]`] },
    ],
  ])('%s is a RequestError that names where secrets go, and does not show it', async (field, request) => {
    const { error, started } = await outcome(request);
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', field });
    expect(String(error)).toContain('env_key');
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(TOKEN);
    expect(started).toBe(0);
  });

  it.each<[string, object]>([
    [
      'the name of a variable',
      {
        config: { model_providers: { x: { env_key: 'MY_API_KEY', env_http_headers: { Authorization: 'MY_HEADER' } } } },
      },
    ],
    ['the name of a variable for a server', server({ bearer_token_env_var: 'DOCS_TOKEN', env_vars: ['DOCS_TOKEN'] })],
    [
      'a variable in arguments',
      server({ args: ['--api-key', '$DOCS_TOKEN', '--token=${DOCS_TOKEN}', '-e', 'DOCS_TOKEN'] }),
    ],
    ['a flag without a value', server({ args: ['--token', '--verbose', '--no-auth'] })],
    [
      'words of the trade',
      { config: { model_auto_compact_token_limit: 1000, tui: { sort_key: 'name', keymap: 'vim' } } },
    ],
    [
      'harmless variables',
      server({ env: { KEYBOARD: 'de', SSH_AUTH_SOCK: '/run/agent', COMPASS: 'north', TOKEN_LIMIT: '9' } }),
    ],
    ['an ordinary address', server({ url: 'https://docs.example/sse?monkey=business&v=1' })],
  ])('is not %s', async (_what, request) => {
    const { error, started } = await outcome(request);
    expect(error).toBeUndefined();
    expect(started).toBe(1);
  });
});
