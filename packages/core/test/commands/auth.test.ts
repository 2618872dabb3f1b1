import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodex } from '@codex-rx/core';
import {
  ensureApiKeyLogin$,
  ensureChatGptLogin$,
  type LoginRequest,
  login$,
  loginStatus$,
  logout$,
} from '@codex-rx/core/commands';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { parseLoginPage } from '../../src/commands/auth/parse-login-page.js';
import { parseLoginStatus } from '../../src/commands/auth/parse-login-status.js';
import { scanOutput } from '../../src/commands/scan-output.js';
import { privateFolder, removeFolders } from './support/real.js';
import { outputOf, recorded, speaking } from './support/recorded.js';
import { errorOf, removeStandIns, standIn, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

const KEY = 'sk-test-abcdefghijklmnop0123456789';
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

describe('logout', () => {
  it.each(recorded('login-4-logout').map((one) => [one.version, one] as const))(
    'has logged out (%s)',
    async (_v, one) => {
      const fake = speaking(one);
      await expect(valuesOf(logout$(fake.options))).resolves.toEqual([{ state: 'loggedOut' }]);
      expect(fake.invocations()[0]?.argv).toEqual(['logout']);
      await fake.dispose();
    },
  );

  it.each(recorded('login-5-logout-again').map((one) => [one.version, one] as const))(
    'had nothing to do (%s)',
    async (_v, one) => {
      const fake = speaking(one);
      await expect(valuesOf(logout$(fake.options))).resolves.toEqual([{ state: 'alreadyLoggedOut' }]);
      await fake.dispose();
    },
  );

  it('is an error if it fails, also if it says that nobody is logged in', async () => {
    const fake = standIn([{ stderr: 'Not logged in\n' }, { exit: 1 }]);
    await expect(errorOf(logout$(fake.options))).resolves.toMatchObject({ code: 'EXIT', category: 'auth' });
  });
});

describe('login with a secret', () => {
  it('passes an API key on standard input, never as an argument', async () => {
    const fake = standIn([{ stderr: 'Reading API key from stdin...\nSuccessfully logged in\n' }]);
    await expect(
      valuesOf(login$({ ...fake.options, codexHome: privateFolder(), method: 'apiKey', apiKey: ` ${KEY}\n` })),
    ).resolves.toEqual([{ type: 'done', method: 'apiKey' }]);
    expect(fake.invocations()[0]).toMatchObject({
      argv: ['login', '--with-api-key'],
      stdin: `${KEY}\n`,
      stdinEnded: true,
    });
  });

  it('passes an access token on standard input', async () => {
    const fake = standIn();
    await expect(
      valuesOf(login$({ ...fake.options, codexHome: privateFolder(), method: 'accessToken', accessToken: 'abc.def' })),
    ).resolves.toEqual([{ type: 'done', method: 'accessToken' }]);
    expect(fake.invocations()[0]).toMatchObject({ argv: ['login', '--with-access-token'], stdin: 'abc.def\n' });
  });

  it('does not show the secret when it fails', async () => {
    const fake = standIn([{ stderr: `Error: no good: ${KEY}\n` }, { exit: 1 }]);
    const error = await errorOf(login$({ ...fake.options, method: 'apiKey', apiKey: KEY, codexHome: privateFolder() }));
    expect(error).toMatchObject({ code: 'EXIT' });
    expect(JSON.stringify([error, String(error)])).not.toContain('abcdefghijklmnop');
  });

  it.each<[string, object]>([
    ['apiKey', { method: 'apiKey', apiKey: ' \n' }],
    ['apiKey', { method: 'apiKey', apiKey: 'a\nb' }],
    ['apiKey', { method: 'apiKey' }],
    ['accessToken', { method: 'accessToken', accessToken: '' }],
    ['method', { method: 'magic' }],
    ['issuer', { method: 'deviceCode', issuer: 'ftp://x' }],
    ['issuer', { method: 'deviceCode', issuer: 'https://user:password@x' }],
  ])('rejects %s before it starts a process', async (field, request) => {
    const fake = standIn();
    await expect(errorOf(login$({ ...fake.options, ...request } as LoginRequest))).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field,
    });
    expect(fake.invocations()).toEqual([]);
  });

  it.each<[string, string, LoginRequest]>([
    ['0.44.0', '0.47.0', { method: 'apiKey', apiKey: KEY }],
    ['0.125.0', '0.150.0', { method: 'accessToken', accessToken: 'abc' }],
  ])('rejects %s as too old, and accepts %s', async (version, since, request) => {
    const fake = standIn({ version, steps: [] });
    await expect(errorOf(login$({ ...fake.options, ...request }))).resolves.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      version,
      since,
    });
    expect(fake.invocations()).toEqual([]);
  });

  it('leaves a login that only its owner can read, also where there was one that others could', async () => {
    const home = privateFolder();
    const path = join(home, 'auth.json');
    writeFileSync(path, '{}');
    chmodSync(path, 0o644);
    const fake = standIn();
    await valuesOf(login$({ ...fake.options, codexHome: home, method: 'apiKey', apiKey: KEY }));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe('login with a person', () => {
  const deviceText =
    '\nWelcome to Codex [v\u001b[90m0.169.0\u001b[0m]\n\n1. Open this link in your browser and sign in to your account\n' +
    '   \u001b[94mhttps://auth.openai.com/codex/device\u001b[0m\n\n2. Enter this one-time code \u001b[90m(expires in 15 minutes)\u001b[0m\n' +
    '   \u001b[94mABCD-EFGHJ\u001b[0m\n';
  const browserText =
    'Starting local login server on http://localhost:1455.\nIf your browser did not open, navigate to this URL to authenticate:\n\n' +
    'https://auth.openai.com/oauth/authorize?response_type=code&state=x\n\n';

  it('emits the page and the code while the CLI waits, then the end', async () => {
    const fake = standIn([{ raw: deviceText }, { wait: 100 }, { stderr: 'Successfully logged in\n' }]);
    await expect(
      valuesOf(login$({ ...fake.options, codexHome: privateFolder(), method: 'deviceCode' })),
    ).resolves.toEqual([
      { type: 'open', url: 'https://auth.openai.com/codex/device', code: 'ABCD-EFGHJ' },
      { type: 'done', method: 'chatgpt' },
    ]);
    expect(fake.invocations()[0]?.argv).toEqual(['login', '--device-auth']);
  });

  it('emits the page of a browser login, not the address of the server that waits for it', async () => {
    const fake = standIn([{ stderr: browserText }, { wait: 50 }]);
    await expect(valuesOf(login$({ ...fake.options, codexHome: privateFolder(), method: 'browser' }))).resolves.toEqual(
      [
        { type: 'open', url: 'https://auth.openai.com/oauth/authorize?response_type=code&state=x' },
        { type: 'done', method: 'chatgpt' },
      ],
    );
    expect(fake.invocations()[0]?.argv).toEqual(['login']);
  });

  it('finds the page behind a colon, where 0.47 has it', () => {
    const stdout =
      'To authenticate:\n  1. Open in your browser: https://auth.openai.com/codex/device\n  2. Enter the code:\n\n     ABCD-EFGH\n';
    expect(parseLoginPage({ stdout, stderr: '' }, true)).toEqual({
      url: 'https://auth.openai.com/codex/device',
      code: 'ABCD-EFGH',
    });
  });

  it('emits an address when its line is complete', () => {
    const found: string[] = [];
    const watcher = scanOutput(
      (output) => parseLoginPage(output, false)?.url,
      (url) => found.push(url),
    );
    watcher.stderr(Buffer.from('https://a.b/c'));
    watcher.stdout(Buffer.from('noise\n'));
    expect(found).toEqual([]);
    watcher.stderr(Buffer.from('/d\nmore\nhttps://e.f/g\n'));
    watcher.stderr(Buffer.from('https://h.i/j\n'));
    expect(found).toEqual(['https://a.b/c/d']);
  });

  it('does not mistake an address in a sentence for a page, or a page without a code for one with a code', () => {
    const output = (stderr: string) => ({ stdout: '', stderr });
    expect(parseLoginPage(output('  https://a.b/c\n'), false)).toEqual({ url: 'https://a.b/c' });
    expect(parseLoginPage(output('see https://a.b/c for more\n'), false)).toBeUndefined();
    expect(parseLoginPage(output('https://a.b/c\n'), true)).toBeUndefined();
    expect(parseLoginPage(output('https://a.b/c\nAB12-CD345\n'), true)).toEqual({
      url: 'https://a.b/c',
      code: 'AB12-CD345',
    });
  });

  it('finds the page in any chunking', async () => {
    const pieces = Array.from({ length: Math.ceil(deviceText.length / 40) }, (_, at) =>
      deviceText.slice(at * 40, at * 40 + 40),
    );
    const steps = pieces.flatMap((raw) => [{ raw }, { wait: 1 }]);
    const fake = standIn(steps);
    await expect(
      valuesOf(login$({ ...fake.options, codexHome: privateFolder(), method: 'deviceCode' })),
    ).resolves.toMatchObject([{ type: 'open', code: 'ABCD-EFGHJ' }, { type: 'done' }]);
  });

  it('is cancelled by unsubscribing', async () => {
    const fake = standIn([{ raw: deviceText }, { hang: true }]);
    const seen: string[] = [];
    const subscription = login$({
      ...fake.options,
      method: 'deviceCode',
      codexHome: privateFolder(),
      terminateGrace: 100,
    }).subscribe((event) => seen.push(event.type));
    await waitUntil(() => seen.includes('open'));
    subscription.unsubscribe();
    await waitUntil(() => !fake.pids().some(isAlive));
    expect(seen).toEqual(['open']);
  });

  it('errors with the output of the CLI if it is rejected', async () => {
    const fake = standIn([{ raw: deviceText }, { stderr: 'Error logging in: device code expired\n' }, { exit: 1 }]);
    await expect(
      errorOf(login$({ ...fake.options, method: 'deviceCode', codexHome: privateFolder() })),
    ).resolves.toMatchObject({
      code: 'EXIT',
      message: 'codex login --device-auth exited with code 1: Error logging in: device code expired',
    });
  });
});

describe('making sure that there is a login', () => {
  /** Logged out until a login has run. */
  function home(): { options: { codexHome: string; binary: string }; argvs: () => (readonly string[])[] } {
    const fake = standIn({
      cases: [
        { argv: ['login', 'status'], nth: 1, steps: [{ stderr: 'Not logged in\n' }, { exit: 1 }] },
        { argv: ['login', 'status'], steps: [{ stderr: 'Logged in using an API key - sk-***end\n' }] },
      ],
      steps: [{ stderr: 'https://page.example/x\nSuccessfully logged in\n' }],
    });
    return {
      options: { ...fake.options, codexHome: privateFolder() },
      argvs: () => fake.invocations().map(({ argv }) => argv),
    };
  }

  it('logs in with a key once; a second call with another key does nothing', async () => {
    const { options, argvs } = home();
    const first = await valuesOf(ensureApiKeyLogin$({ ...options, apiKey: KEY }));
    const second = await valuesOf(ensureApiKeyLogin$({ ...options, apiKey: 'sk-another-key' }));
    expect([first, second].flat()).toMatchObject([
      { method: 'apiKey', maskedKey: 'sk-***end' },
      { method: 'apiKey', maskedKey: 'sk-***end' },
    ]);
    expect(argvs()).toEqual([
      ['login', 'status'],
      ['login', '--with-api-key'],
      ['login', 'status'],
      ['login', 'status'],
    ]);
  });

  it('logs in with ChatGPT once; then there is nothing to do', async () => {
    const { options, argvs } = home();
    await expect(valuesOf(ensureChatGptLogin$(options))).resolves.toMatchObject([
      { type: 'open', url: 'https://page.example/x' },
      { type: 'done', already: false, status: { state: 'loggedIn' } },
    ]);
    await expect(valuesOf(ensureChatGptLogin$(options))).resolves.toMatchObject([{ type: 'done', already: true }]);
    expect(argvs().filter((argv) => argv.join(' ') === 'login')).toHaveLength(1);
  });

  it('rejects a blank key even if it is not needed, and an issuer without effect', async () => {
    const fake = standIn([{ stderr: 'Logged in using ChatGPT\n' }]);
    await expect(errorOf(ensureApiKeyLogin$({ ...fake.options, apiKey: ' ' }))).resolves.toMatchObject({
      field: 'apiKey',
    });
    await expect(errorOf(ensureChatGptLogin$({ ...fake.options, issuer: 'https://x' }))).resolves.toMatchObject({
      field: 'issuer',
    });
    expect(fake.invocations()).toEqual([]);
  });

  it('does not log in where the status cannot be read', async () => {
    const fake = standIn([{ stderr: 'Error checking login status: no permission\n' }, { exit: 1 }]);
    await expect(errorOf(ensureChatGptLogin$(fake.options))).resolves.toMatchObject({ code: 'EXIT' });
    expect(fake.invocations()).toHaveLength(1);
  });

  it('prompt, status, logout and login run the same CLI with the same home', async () => {
    const fake = standIn({ steps: [{ stderr: 'Successfully logged out\n' }, { line: { type: 'turn.completed' } }] });
    const codexHome = join(privateFolder(), 'home');
    const codex = createCodex({ ...fake.options, codexHome });
    await valuesOf(codex.sendPrompt$({ prompt: 'p' }));
    await valuesOf(codex.auth.status$());
    await valuesOf(codex.auth.logout$());
    await valuesOf(codex.auth.login$({ method: 'browser' }));
    const calls = fake.invocations();
    expect(calls.map(({ argv }) => argv[0])).toEqual(['exec', 'login', 'logout', 'login']);
    expect(new Set(calls.map(({ env }) => env.CODEX_HOME))).toEqual(new Set([codexHome]));
    expect(['', 'conversations', 'logs'].map((name) => statSync(join(codexHome, name)).isDirectory())).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('credentials', () => {
  it('are not created by a login that writes nothing', async () => {
    const home = privateFolder();
    mkdirSync(join(home, 'x'));
    const fake = standIn();
    await valuesOf(login$({ ...fake.options, codexHome: home, method: 'apiKey', apiKey: KEY }));
    expect(() => readFileSync(join(home, 'auth.json'))).toThrow(/ENOENT/);
  });
});
