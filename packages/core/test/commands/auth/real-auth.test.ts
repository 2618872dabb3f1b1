import { statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import { ensureChatGptLogin$, login$, loginStatus$, logout$ } from '@codex-rx/core/commands';
import { waitUntil } from '@codex-rx/testing/processes';
import { chatGpt } from '../support/chatgpt.js';
import { realCli, removeFolders } from '../support/real.js';
import { errorOf, valuesOf } from '../support/stand-in.js';

afterEach(removeFolders);

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('the real CLI: login', () => {
  it('goes from logged out over an API key to logged out again', async () => {
    const options = realCli();
    await expect(valuesOf(loginStatus$(options))).resolves.toEqual([{ state: 'loggedOut' }]);
    await expect(
      valuesOf(login$({ ...options, method: 'apiKey', apiKey: 'sk-test-abcdefghijklmnop0123456789' })),
    ).resolves.toEqual([{ type: 'done', method: 'apiKey' }]);
    expect(modeOf(join(options.codexHome, 'auth.json'))).toBe(0o600);
    await expect(valuesOf(loginStatus$(options))).resolves.toMatchObject([
      { state: 'loggedIn', method: 'apiKey', maskedKey: 'sk-test-***56789' },
    ]);
    await expect(valuesOf(logout$(options))).resolves.toEqual([{ state: 'loggedOut' }]);
    await expect(valuesOf(logout$(options))).resolves.toEqual([{ state: 'alreadyLoggedOut' }]);
  });

  it('emits the page and the code of a device login, and logs in with ChatGPT after the confirmation', async () => {
    const options = realCli();
    const server = await chatGpt();
    try {
      await expect(
        valuesOf(ensureChatGptLogin$({ ...options, method: 'deviceCode', issuer: server.url })),
      ).resolves.toMatchObject([
        { type: 'open', url: `${server.url}/codex/device`, code: 'ABCD-EFGH' },
        { type: 'done', already: false, status: { state: 'loggedIn', method: 'chatgpt' } },
      ]);
      await expect(valuesOf(ensureChatGptLogin$(options))).resolves.toMatchObject([{ type: 'done', already: true }]);
      expect(modeOf(join(options.codexHome, 'auth.json'))).toBe(0o600);
    } finally {
      await server.close();
    }
  });

  it('errors for a missing server, and for an invalid token', async () => {
    const options = realCli();
    await expect(
      errorOf(login$({ ...options, method: 'deviceCode', issuer: 'http://127.0.0.1:9' })),
    ).resolves.toMatchObject({ code: 'EXIT', message: expect.stringContaining('Error logging in') as string });
    const error = await errorOf(login$({ ...options, method: 'accessToken', accessToken: 'nonsense-token' }));
    expect(error).toMatchObject({ code: 'EXIT', exitCode: 1 });
    expect(JSON.stringify([error, String(error)])).not.toContain('nonsense-token');
  });

  it('emits the page of a browser login, and closes its port on unsubscribe', async () => {
    const seen: { type: string; url?: string }[] = [];
    const subscription = login$({ ...realCli(), method: 'browser' }).subscribe((event) => seen.push(event));
    await waitUntil(() => seen.length > 0, 30_000);
    expect(seen[0]).toMatchObject({
      type: 'open',
      url: expect.stringMatching(/^https:\/\/auth\.openai\.com\/oauth\/authorize\?/) as string,
    });
    subscription.unsubscribe();
    await whenIdle();
    const server = createServer();
    await expect(
      new Promise((resolve, reject) =>
        server.once('error', reject).listen(1455, '127.0.0.1', () => {
          resolve('free');
        }),
      ),
    ).resolves.toBe('free');
    server.close();
  });
});
