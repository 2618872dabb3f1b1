import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ModelScript,
  model,
  openScriptedModel,
  type ScriptedModel,
  type ScriptedModelOptions,
} from '../../src/model/index.js';
import { type Item, minor, runCodex } from '../helpers/run-codex.js';

let folder: string;
let scripted: ScriptedModel | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codex-rx-test-'));
});

afterEach(async () => {
  await scripted?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(script: ModelScript, options?: ScriptedModelOptions, args: readonly string[] = []) {
  scripted = await openScriptedModel(script, options);
  const ran = await runCodex(scripted, 'Do it', { cwd: folder, args });
  scripted.assertDone();
  return { ...ran, requests: scripted.requests };
}
const ofType = (items: readonly Item[], type: string) => items.filter((item) => item.type === type);

it('spawnAgent, waitForAgent, tellAgent and closeAgent emit collaboration items and use the script of the sub-agent', async () => {
  const { items, requests } = await run(
    [
      model.spawnAgent('Count the files', [model.run('ls | wc -l'), model.say('3 files'), model.say('still 3 files')]),
      model.waitForAgent(),
      model.tellAgent('Count again'),
      model.waitForAgent(),
      model.closeAgent(),
      model.say('The sub-agent found 3 files.'),
    ],
    {},
    minor < 110 ? ['--enable', 'collab'] : [],
  );
  const calls = ofType(items, 'collab_tool_call');
  expect(calls).toMatchObject([
    { tool: 'spawn_agent', prompt: 'Count the files', status: 'completed' },
    { tool: 'wait', status: 'completed' },
    { tool: 'send_input', prompt: 'Count again', status: 'completed' },
    { tool: 'wait', status: 'completed' },
    { tool: 'close_agent', status: 'completed' },
  ]);
  const states = calls.map(({ agents_states }) => JSON.stringify(agents_states));
  expect(states[1]).toContain('"3 files"');
  expect(states[3]).toContain('"still 3 files"');
  expect(items.at(-1)).toMatchObject({ type: 'agent_message', text: 'The sub-agent found 3 files.' });
  const [parent, child] = [...new Set(requests.map(({ threadId }) => threadId))];
  const prompts = (id: string | undefined) =>
    requests.filter(({ threadId }) => threadId === id).map(({ prompt }) => prompt);
  expect(prompts(parent)).toEqual(Array(6).fill('Do it'));
  expect(prompts(child)).toEqual(['Count the files', 'Count the files', 'Count again']);
});
