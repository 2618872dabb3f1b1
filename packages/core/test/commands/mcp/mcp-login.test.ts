import { mcpLogin$, mcpLogout$ } from '@codex-rx/core/commands';
import { privateFolder, removeFolders } from '../support/real.js';
import { recorded, speaking } from '../support/recorded.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

describe('the login of a server', () => {
  it('emits the page, then the end; scopes are separated by commas', async () => {
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
