import { model } from '../../src/model/index.js';
import { minor } from '../helpers/run-codex.js';
import { ofType, scriptedRuns } from '../helpers/scripted-runs.js';

const { run } = scriptedRuns();

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
