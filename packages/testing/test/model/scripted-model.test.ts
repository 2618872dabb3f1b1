import { promises, readdirSync } from 'node:fs';
import { firstValueFrom, switchMap } from 'rxjs';
import { model, openScriptedModel, type ScriptedModel, scriptedModel$ } from '../../src/model/index.js';
import { findProcesses } from '../../src/processes/find-processes.js';
import { waitUntil } from '../../src/processes/wait-until.js';
import { disposeAll } from '../../src/util/open-resources.js';
import { codexHome, isListening, useModelRoot } from '../helpers/model-root.js';
import { runCodex } from '../helpers/run-codex.js';

const root = useModelRoot();

describe('close', () => {
  it('stops the server, removes the home, and may be called again', async () => {
    const scripted = await openScriptedModel([model.say('Hello')], { root: root() });
    await runCodex(scripted, 'Hi');
    expect(await isListening(scripted.url)).toBe(true);
    await Promise.all([scripted.close(), scripted.close()]);
    await scripted.close();
    expect(await isListening(scripted.url)).toBe(false);
    expect(readdirSync(root())).toEqual([]);
  });

  it('runs when a test with await using throws', async () => {
    let url = '';
    const failing = async () => {
      await using scripted = await openScriptedModel([], { root: root() });
      url = scripted.url;
      throw new Error('the test failed');
    };
    await expect(failing()).rejects.toThrow('the test failed');
    expect(await isListening(url)).toBe(false);
    expect(readdirSync(root())).toEqual([]);
  });

  it('runs synchronously in disposeAll', async () => {
    const scripted = await openScriptedModel([model.hang()], { root: root() });
    const running = runCodex(scripted, 'Do it');
    await firstValueFrom(scripted.requests$);
    disposeAll();
    expect((await running).code).toBeNull();
    // disposeAll does not wait for the killed processes.
    await waitUntil(() => findProcesses('CODEX_HOME', codexHome(scripted)).length === 0);
    expect(readdirSync(root())).toEqual([]);
    await waitUntil(async () => !(await isListening(scripted.url)));
  });
});

describe('scriptedModel$', () => {
  it('emits an open model and closes it on unsubscribe', async () => {
    const opened: ScriptedModel[] = [];
    const subscription = scriptedModel$([], { root: root() }).subscribe((scripted) => opened.push(scripted));
    const [scripted] = await waitUntil(() => opened.length > 0 && opened);
    expect(await isListening(scripted?.url ?? '')).toBe(true);
    subscription.unsubscribe();
    await waitUntil(() => readdirSync(root()).length === 0);
    expect(await isListening(scripted?.url ?? '')).toBe(false);
  });

  it('leaves no files if it is unsubscribed before the model is open', async () => {
    const emitted = jest.fn();
    const remove = jest.spyOn(promises, 'rm');
    try {
      scriptedModel$([], { root: root() }).subscribe(emitted).unsubscribe();
      await waitUntil(() => remove.mock.results.length > 0);
      await (remove.mock.results[0]?.value as Promise<void>);
      expect(readdirSync(root())).toEqual([]);
      expect(emitted).not.toHaveBeenCalled();
    } finally {
      remove.mockRestore();
    }
  });

  it('opens a model for each subscription', async () => {
    const source$ = scriptedModel$([model.say('Hello')], { root: root() });
    expect(readdirSync(root())).toEqual([]);
    const text = (): Promise<unknown> =>
      firstValueFrom(source$.pipe(switchMap(async (scripted) => (await runCodex(scripted, 'Hi')).items[0]?.text)));
    expect(await Promise.all([text(), text()])).toEqual(['Hello', 'Hello']);
    await waitUntil(() => readdirSync(root()).length === 0);
  });

  it('errors like openScriptedModel rejects', async () => {
    await expect(firstValueFrom(scriptedModel$([{} as never]))).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});

it('a hundred parallel models have distinct URLs and homes and leave no files', async () => {
  const models = await Promise.all(
    Array.from({ length: 100 }, (_, i) => openScriptedModel([model.say(`I am ${String(i)}`)], { root: root() })),
  );
  expect(new Set(models.map(({ url }) => url)).size).toBe(100);
  expect(new Set(models.map(codexHome)).size).toBe(100);
  const texts = await Promise.all(models.map((scripted) => post(scripted)));
  texts.forEach((text, i) => {
    expect(text).toContain(`"text":"I am ${String(i)}"`);
  });
  for (const scripted of models) scripted.assertDone();
  await Promise.all(models.map((scripted) => scripted.close()));
  expect(readdirSync(root())).toEqual([]);
  expect(await Promise.all(models.map(({ url }) => isListening(url)))).not.toContain(true);
});

it('parallel CLIs use their own models', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      await using scripted = await openScriptedModel([model.run(`echo ${String(i)}`), model.say(`I am ${String(i)}`)], {
        root: root(),
      });
      const { items } = await runCodex(scripted, 'Who are you?');
      scripted.assertDone();
      return items.map(({ aggregated_output, text }) => aggregated_output ?? text);
    }),
  );
  expect(answers).toEqual(Array.from({ length: 8 }, (_, i) => [`${String(i)}\n`, `I am ${String(i)}`]));
  expect(readdirSync(root())).toEqual([]);
});

async function post({ url }: ScriptedModel): Promise<string> {
  const response = await fetch(`${url}/responses`, { method: 'POST', body: '{}' });
  return response.text();
}
