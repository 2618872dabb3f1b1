import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createCodex } from '@codex-rx/core';
import { ensureApiKeyLogin$, ensureChatGptLogin$ } from '@codex-rx/core/commands';
import { privateFolder, removeFolders } from '../support/real.js';
import { errorOf, removeStandIns, standIn, valuesOf } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});
const KEY = 'sk-test-abcdefghijklmnop0123456789';

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
