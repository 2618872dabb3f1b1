import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { mcpGet$, mcpList$, mcpLogin$, mcpLogout$, mcpRemove$ } from '@codex-rx/core/commands';
import { privateFolder, removeFolders } from '../support/real.js';
import { recorded, recordedAt, speaking } from '../support/recorded.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from '../support/stand-in.js';

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

  it('are not part of an error, because they may contain secrets', async () => {
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
