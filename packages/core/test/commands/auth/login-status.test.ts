import { loginStatus$ } from '@codex-rx/core/commands';
import { parseLoginStatus } from '../../../src/commands/auth/parse-login-status.js';
import { privateFolder, removeFolders } from '../support/real.js';
import { outputOf, recorded, speaking } from '../support/recorded.js';
import { errorOf, removeStandIns, standIn, valuesOf } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});
const said = (stderr: string, exitCode = 0, stdout = '') => ({
  stderr,
  stdout,
  exitCode,
  signal: null,
  command: 'codex',
});

describe('the login status', () => {
  it.each(recorded('login-1-status-out').map((one) => [one.version, one] as const))(
    'is logged out where %s says so',
    (_version, one) => {
      expect(parseLoginStatus(outputOf(one))).toEqual({ state: 'loggedOut' });
    },
  );

  it.each(recorded('login-3-status-key').map((one) => [one.version, one] as const))(
    'is an API key, masked, as %s says it',
    (_version, one) => {
      expect(parseLoginStatus(outputOf(one))).toMatchObject({
        state: 'loggedIn',
        method: 'apiKey',
        maskedKey: 'sk-test-***56789',
      });
    },
  );

  it.each(recorded('login-status-env').map((one) => [one.version, one] as const))(
    'does not count keys of the environment (%s)',
    (_version, one) => {
      expect(parseLoginStatus(outputOf(one))).toEqual({ state: 'loggedOut' });
    },
  );

  it.each(recorded('login-status-bad-auth-file').map((one) => [one.version, one] as const))(
    'is an error for a damaged auth.json (%s)',
    async (_version, one) => {
      expect(parseLoginStatus(outputOf(one))).toBeUndefined();
      const fake = speaking(one);
      await expect(errorOf(loginStatus$(fake.options))).resolves.toMatchObject({ code: 'EXIT', exitCode: 1 });
      await fake.dispose();
    },
  );

  it.each([
    ['ChatGPT', 'Logged in using ChatGPT', { method: 'chatgpt' }],
    [
      'an API key, the mask kept verbatim',
      'Logged in using an API key - sk-***abc',
      { method: 'apiKey', maskedKey: 'sk-***abc' },
    ],
    ['an API key without a mask', 'Logged in using an API key', { method: 'apiKey' }],
    ['an access token', 'Logged in using access token', { method: 'accessToken' }],
    ['something else, in its words', 'Logged in by magic', { method: 'unknown', text: 'Logged in by magic' }],
  ])('knows %s', (_name, text, expected) => {
    expect(parseLoginStatus(said(`${text}\n`))).toMatchObject({ state: 'loggedIn', text, ...expected });
  });

  it('is also found on standard output, and next to a warning', () => {
    const warning = '2026-11-23T02:36:20.970022Z ERROR codex_core: something\nWARNING: something else\n';
    expect(parseLoginStatus(said(warning, 0, 'Logged in using ChatGPT\n'))).toMatchObject({ method: 'chatgpt' });
    expect(parseLoginStatus(said(`${warning}Not logged in\n`, 1))).toEqual({ state: 'loggedOut' });
  });

  it('is logged out where the CLI says so with exit code 0', () => {
    expect(parseLoginStatus(said('Not logged in\n', 0))).toEqual({ state: 'loggedOut' });
  });

  it('does not take the end of "API key" for a mask', () => {
    expect(parseLoginStatus(said('You use an API key\n'))).not.toHaveProperty('maskedKey');
  });

  it('reads the given home, and does not change the home of the host', async () => {
    const fake = standIn([{ stderr: 'Logged in using ChatGPT\n' }]);
    const codexHome = privateFolder();
    const before = process.env.CODEX_HOME;
    await expect(valuesOf(loginStatus$({ ...fake.options, codexHome }))).resolves.toMatchObject([
      { method: 'chatgpt' },
    ]);
    expect(fake.invocations()[0]).toMatchObject({ argv: ['login', 'status'], env: { CODEX_HOME: codexHome } });
    expect(process.env.CODEX_HOME).toBe(before);
  });
});
