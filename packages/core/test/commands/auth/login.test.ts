import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoginRequest, login$ } from '@codex-rx/core/commands';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { parseLoginPage } from '../../../src/commands/auth/parse-login-page.js';
import { scanOutput } from '../../../src/commands/scan-output.js';
import { privateFolder, removeFolders } from '../support/real.js';
import { errorOf, removeStandIns, standIn, valuesOf } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});
const KEY = 'sk-test-abcdefghijklmnop0123456789';

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

describe('credentials', () => {
  it('are not created by a login that writes nothing', async () => {
    const home = privateFolder();
    mkdirSync(join(home, 'x'));
    const fake = standIn();
    await valuesOf(login$({ ...fake.options, codexHome: home, method: 'apiKey', apiKey: KEY }));
    expect(() => readFileSync(join(home, 'auth.json'))).toThrow(/ENOENT/);
  });
});
