import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  promises,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { connect } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { firstValueFrom, switchMap } from 'rxjs';
import { model, openScriptedModel, type ScriptedModel, scriptedModel$ } from '../../src/model/index.js';
import { findProcesses } from '../../src/processes/find-processes.js';
import { waitUntil } from '../../src/processes/wait-until.js';
import { disposeAll } from '../../src/util/open-resources.js';
import { runCodex } from '../helpers/run-codex.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(homedir(), '.codex-rx-test-'));
});
afterEach(() => {
  disposeAll();
  rmSync(root, { recursive: true, force: true });
});

const home = ({ options }: ScriptedModel): string => options.codexHome;

function isListening(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
      .on('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .on('error', () => {
        resolve(false);
      });
  });
}

describe('the home', () => {
  it('is private, below the root, and has a configuration that only its owner reads', async () => {
    const scripted = await openScriptedModel([], { root });
    expect(dirname(dirname(home(scripted)))).toBe(root);
    expect(statSync(dirname(home(scripted))).mode & 0o777).toBe(0o700);
    expect(statSync(join(home(scripted), 'config.toml')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(home(scripted), 'config.toml'), 'utf8')).toContain(scripted.url);
  });

  it('is outside of the temporary folder by default, so that the CLI has nothing to warn of', async () => {
    await using scripted = await openScriptedModel([model.say('Hello')]);
    expect(home(scripted).startsWith(tmpdir())).toBe(false);
    expect((await runCodex(scripted, 'Hi')).stderr).not.toMatch(/WARNING/);
  });

  it('hides the keys, the proxies and the start-up files of the host from commands', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      OPENAI_API_KEY: 'sk-host',
      https_proxy: 'http://127.0.0.1:1',
      HTTP_PROXY: 'http://127.0.0.1:1',
    });
    try {
      await using scripted = await openScriptedModel([model.run('env; echo "path=$PATH"'), model.say('Done.')], {
        root,
      });
      const { items } = await runCodex(scripted, 'Do it');
      const output = String(items[0]?.aggregated_output);
      expect(output).not.toMatch(/sk-host|127\.0\.0\.1:1\b(?!\d)/);
      expect(output).toContain(`HOME=${dirname(home(scripted))}`);
      expect(output).toContain(process.env.PATH ?? '');
    } finally {
      for (const name of ['OPENAI_API_KEY', 'https_proxy', 'HTTP_PROXY']) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, before);
    }
  });

  it('that cannot be made is a HomeError', async () => {
    await expect(openScriptedModel([], { root: join(root, 'file\0name') })).rejects.toMatchObject({
      code: 'HOME_FAILED',
    });
  });

  it('that a killed process left is removed when the next one is made: at once if it was of this machine, else a day later', async () => {
    const before = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = root;
    try {
      const models = join(root, 'codex-rx', 'models');
      const opened = await openScriptedModel([]);
      const here = /-[0-9a-f]+-/.exec(basename(dirname(home(opened))))?.[0] ?? '';
      await opened.close();
      const ended = String(spawnSync(process.execPath, ['--version']).pid);
      const now = Date.now() / 1000;
      const homes: Record<string, number> = {
        [`${ended}${here}a`]: now,
        [`${ended}-0123456789ab-old`]: now - 2 * 24 * 60 * 60,
        [`${ended}-0123456789ab-new`]: now,
        [`${String(process.pid)}${here}mine`]: now - 2 * 24 * 60 * 60,
        'something-else': now - 2 * 24 * 60 * 60,
      };
      for (const [name, time] of Object.entries(homes)) {
        mkdirSync(join(models, name), { recursive: true });
        utimesSync(join(models, name), time, time);
      }
      await (await openScriptedModel([])).close();
      const left = [`${ended}-0123456789ab-new`, `${String(process.pid)}${here}mine`, 'something-else'];
      expect(readdirSync(models).sort()).toEqual(left.sort());
    } finally {
      if (before === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = before;
    }
  });

  it('is not made for a wrong script', async () => {
    await expect(openScriptedModel([[model.hang(), model.say('x')]], { root })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
    expect(readdirSync(root)).toEqual([]);
  });
});

describe('close', () => {
  it('stops listening, removes the home, and may be called again', async () => {
    const scripted = await openScriptedModel([model.say('Hello')], { root });
    await runCodex(scripted, 'Hi');
    expect(await isListening(scripted.url)).toBe(true);
    await Promise.all([scripted.close(), scripted.close()]);
    await scripted.close();
    expect(await isListening(scripted.url)).toBe(false);
    expect(readdirSync(root)).toEqual([]);
  });

  it('happens when a test throws, by await using', async () => {
    let url = '';
    const failing = async () => {
      await using scripted = await openScriptedModel([], { root });
      url = scripted.url;
      throw new Error('the test failed');
    };
    await expect(failing()).rejects.toThrow('the test failed');
    expect(await isListening(url)).toBe(false);
    expect(readdirSync(root)).toEqual([]);
  });

  it('ends a CLI that still runs, and what it started, before the home is removed', async () => {
    const scripted = await openScriptedModel([model.run('sleep 1000', { background: true }), model.run('sleep 1001')], {
      root,
    });
    const running = runCodex(scripted, 'Do it');
    await waitUntil(() => findProcesses('CODEX_HOME', home(scripted)).length >= 3);
    await scripted.close();
    expect(findProcesses('CODEX_HOME', home(scripted))).toEqual([]);
    expect((await running).code).toBeNull();
    expect(readdirSync(root)).toEqual([]);
  });

  it('happens for all by disposeAll', async () => {
    const scripted = await openScriptedModel([model.hang()], { root });
    const running = runCodex(scripted, 'Do it');
    await firstValueFrom(scripted.requests$);
    disposeAll();
    expect((await running).code).toBeNull();
    // Nothing could be waited for: what was killed with the CLI may still be dying.
    await waitUntil(() => findProcesses('CODEX_HOME', home(scripted)).length === 0);
    expect(readdirSync(root)).toEqual([]);
    await waitUntil(async () => !(await isListening(scripted.url)));
  });

  it('does not fail when the home cannot be removed: it warns', async () => {
    const scripted = await openScriptedModel([], { root });
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const broken = jest.spyOn(promises, 'rm').mockRejectedValue(new Error('busy'));
    try {
      await scripted.close();
      expect(warn).toHaveBeenCalledWith(expect.stringMatching(/could not be removed.*busy/));
    } finally {
      broken.mockRestore();
      warn.mockRestore();
    }
  });

  it('leaves a folder that was there before', async () => {
    const scripted = await openScriptedModel([], { root });
    await scripted.close();
    expect(existsSync(root)).toBe(true);
  });
});

describe('scriptedModel$', () => {
  it('emits an open model, and closes it when it is unsubscribed', async () => {
    const opened: ScriptedModel[] = [];
    const subscription = scriptedModel$([], { root }).subscribe((scripted) => opened.push(scripted));
    const [scripted] = await waitUntil(() => opened.length > 0 && opened);
    expect(await isListening(scripted?.url ?? '')).toBe(true);
    subscription.unsubscribe();
    await waitUntil(() => readdirSync(root).length === 0);
    expect(await isListening(scripted?.url ?? '')).toBe(false);
  });

  it('leaves nothing when it is unsubscribed before it is open', async () => {
    const emitted = jest.fn();
    const remove = jest.spyOn(promises, 'rm');
    try {
      scriptedModel$([], { root }).subscribe(emitted).unsubscribe();
      await waitUntil(() => remove.mock.results.length > 0);
      await (remove.mock.results[0]?.value as Promise<void>);
      expect(readdirSync(root)).toEqual([]);
      expect(emitted).not.toHaveBeenCalled();
    } finally {
      remove.mockRestore();
    }
  });

  it('opens a model for each subscription, and none before', async () => {
    const source$ = scriptedModel$([model.say('Hello')], { root });
    expect(readdirSync(root)).toEqual([]);
    const text = (): Promise<unknown> =>
      firstValueFrom(source$.pipe(switchMap(async (scripted) => (await runCodex(scripted, 'Hi')).items[0]?.text)));
    expect(await Promise.all([text(), text()])).toEqual(['Hello', 'Hello']);
    await waitUntil(() => readdirSync(root).length === 0);
  });

  it('errors as the other rejects', async () => {
    await expect(firstValueFrom(scriptedModel$([{} as never]))).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});

it('a hundred in parallel do not collide, and leave nothing', async () => {
  const models = await Promise.all(
    Array.from({ length: 100 }, (_, i) => openScriptedModel([model.say(`I am ${String(i)}`)], { root })),
  );
  expect(new Set(models.map(({ url }) => url)).size).toBe(100);
  expect(new Set(models.map(home)).size).toBe(100);
  const texts = await Promise.all(models.map((scripted) => post(scripted)));
  texts.forEach((text, i) => {
    expect(text).toContain(`"text":"I am ${String(i)}"`);
  });
  for (const scripted of models) scripted.assertDone();
  await Promise.all(models.map((scripted) => scripted.close()));
  expect(readdirSync(root)).toEqual([]);
  expect(await Promise.all(models.map(({ url }) => isListening(url)))).not.toContain(true);
});

it('many CLIs at once each talk to their own model', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      await using scripted = await openScriptedModel([model.run(`echo ${String(i)}`), model.say(`I am ${String(i)}`)], {
        root,
      });
      const { items } = await runCodex(scripted, 'Who are you?');
      scripted.assertDone();
      return items.map(({ aggregated_output, text }) => aggregated_output ?? text);
    }),
  );
  expect(answers).toEqual(Array.from({ length: 8 }, (_, i) => [`${String(i)}\n`, `I am ${String(i)}`]));
  expect(readdirSync(root)).toEqual([]);
});

it('listens on the loopback interface alone, and answers nothing but requests for responses', async () => {
  const scripted = await openScriptedModel([model.say('Hello')], { root });
  expect(new URL(scripted.url).hostname).toBe('127.0.0.1');
  const other = await fetch(`${scripted.url}/models`);
  expect(other.status).toBe(404);
  expect(await other.text()).toContain('GET /v1/models');
  expect(scripted.requests).toEqual([]);
});

async function post({ url }: ScriptedModel): Promise<string> {
  const response = await fetch(`${url}/responses`, { method: 'POST', body: '{}' });
  return response.text();
}
