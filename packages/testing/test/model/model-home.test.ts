import { existsSync, promises, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { model, openScriptedModel } from '../../src/model/index.js';
import { codexHome, useModelRoot } from '../helpers/model-root.js';
import { runCodex } from '../helpers/run-codex.js';

const root = useModelRoot();

describe('createModelHome', () => {
  it('creates a private home below the root', async () => {
    const scripted = await openScriptedModel([], { root: root() });
    expect(dirname(dirname(codexHome(scripted)))).toBe(root());
    expect(statSync(dirname(codexHome(scripted))).mode & 0o777).toBe(0o700);
    expect(statSync(join(codexHome(scripted), 'config.toml')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(codexHome(scripted), 'config.toml'), 'utf8')).toContain(scripted.url);
  });

  it('creates homes outside the temporary folder by default, so the CLI does not warn', async () => {
    await using scripted = await openScriptedModel([model.say('Hello')]);
    expect(codexHome(scripted).startsWith(tmpdir())).toBe(false);
    expect((await runCodex(scripted, 'Hi')).stderr).not.toMatch(/WARNING/);
  });

  it('hides the keys, proxies and start-up files of the host from commands', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      OPENAI_API_KEY: 'sk-host',
      https_proxy: 'http://127.0.0.1:1',
      HTTP_PROXY: 'http://127.0.0.1:1',
    });
    try {
      await using scripted = await openScriptedModel([model.run('env; echo "path=$PATH"'), model.say('Done.')], {
        root: root(),
      });
      const { items } = await runCodex(scripted, 'Do it');
      const output = String(items[0]?.aggregated_output);
      expect(output).not.toMatch(/sk-host|127\.0\.0\.1:1\b(?!\d)/);
      expect(output).toContain(`HOME=${dirname(codexHome(scripted))}`);
      expect(output).toContain(process.env.PATH ?? '');
    } finally {
      for (const name of ['OPENAI_API_KEY', 'https_proxy', 'HTTP_PROXY']) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, before);
    }
  });

  it('rejects with a HomeError if the home cannot be created', async () => {
    await expect(openScriptedModel([], { root: join(root(), 'file\0name') })).rejects.toMatchObject({
      code: 'HOME_FAILED',
    });
  });

  it('creates no home for an invalid script', async () => {
    await expect(openScriptedModel([[model.hang(), model.say('x')]], { root: root() })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
    expect(readdirSync(root())).toEqual([]);
  });

  it('emits a warning if a home cannot be removed', async () => {
    const scripted = await openScriptedModel([], { root: root() });
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

  it('keeps the given root', async () => {
    const scripted = await openScriptedModel([], { root: root() });
    await scripted.close();
    expect(existsSync(root())).toBe(true);
  });
});
