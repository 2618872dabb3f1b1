import { model, openScriptedModel } from '../../src/model/index.js';
import { runCodex } from '../helpers/run-codex.js';
import { ofType, scriptedRuns } from '../helpers/scripted-runs.js';

const { run } = scriptedRuns();

it.each([
  ['issue-tracker', 'find'],
  ['tracker', 'find-issue'],
  ['tracker', 'find.issue'],
])('mcp calls the tool %s / %s by its name in the CLI', async (server, tool) => {
  const { items } = await run([model.mcp(server, tool), model.say('Done.')], {
    mcpServers: { [server]: { tools: { [tool]: 'open' } } },
  });
  expect(ofType(items, 'mcp_tool_call')).toMatchObject([{ server, tool, status: 'completed' }]);
});

it('mcp fails the run and the script if the CLI rejects the call', async () => {
  await using scripted = await openScriptedModel([model.mcp('tracker', 'nope'), model.say('Done.')], {
    mcpServers: { tracker: { tools: { find: 'open' } } },
  });
  const { failure } = await runCodex(scripted, 'Find it');
  const problem = /the CLI rejected a tool call \(call_1_1: "?unsupported call: mcp__tracker_*nope"?\)/;
  expect(failure).toMatch(problem);
  expect(() => {
    scripted.assertDone();
  }).toThrow(problem);
});

it('mcp emits a tool call with its result, its error, or the crash of the server', async () => {
  const demo = {
    tools: {
      echo: { text: 'pong', structured: { pong: true } },
      greet: 'hello',
      fail: { error: 'refused' },
      crash: { crash: true, delay: 10 },
    },
  } as const;
  const { items } = await run(
    [
      model.mcp('demo', 'echo', { text: 'ping' }),
      model.mcp('demo', 'greet'),
      model.mcp('demo', 'fail'),
      model.mcp('demo', 'crash'),
      model.say('Done.'),
    ],
    { mcpServers: { demo } },
  );
  expect(ofType(items, 'mcp_tool_call')).toMatchObject([
    {
      server: 'demo',
      tool: 'echo',
      arguments: { text: 'ping' },
      status: 'completed',
      result: { content: [{ type: 'text', text: 'pong' }], structured_content: { pong: true } },
    },
    { tool: 'greet', status: 'completed', result: { content: [{ text: 'hello' }] } },
    { tool: 'fail', status: 'failed', result: { content: [{ text: 'refused' }] } },
    { tool: 'crash', status: 'failed', result: null, error: { message: expect.any(String) as string } },
  ]);
});
