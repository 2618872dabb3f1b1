import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

it('say emits an agent message that ends the turn', async () => {
  const { events, code } = await run([model.say('Hello! The workspace is ready.')]);
  expect(events).toMatchObject([
    { type: 'thread.started' },
    { type: 'turn.started' },
    { type: 'item.completed', item: { type: 'agent_message', text: 'Hello! The workspace is ready.' } },
    { type: 'turn.completed' },
  ]);
  expect(code).toBe(0);
});

it('say with deltas emits the same message', async () => {
  const { items } = await run([model.say('One two three.', { deltas: true, delay: 5 })]);
  expect(items).toMatchObject([{ type: 'agent_message', text: 'One two three.' }]);
});

it('think emits a reasoning item before the next step', async () => {
  const { items } = await run([
    model.think(['**Reading**\n\nThe entry point.', '**Deciding**\n\nA small fix.']),
    model.say('Fixed.'),
  ]);
  expect(items.map(({ type }) => type).slice(-2)).toEqual(['reasoning', 'agent_message']);
  expect(
    ofType(items, 'reasoning')
      .map(({ text }) => text)
      .join('\n'),
  ).toBe('**Reading**\n\nThe entry point.\n**Deciding**\n\nA small fix.');
});

it('run executes a command and sends its output to the model', async () => {
  const { items, requests } = await run([model.run('echo out; echo err >&2; exit 3'), model.say('It fails.')]);
  const [command] = ofType(items, 'command_execution');
  expect(command).toMatchObject({
    exit_code: 3,
    status: 'failed',
    command: expect.stringContaining('exit 3') as string,
  });
  expect(String(command?.aggregated_output).split('\n').sort()).toEqual(['', 'err', 'out']);
  expect(requests[1]?.toolOutputs).toEqual([{ callId: 'call_1_1', output: expect.stringContaining('out') as string }]);
});

it('run with workdir executes relative to the working directory', async () => {
  const { items } = await run([model.run('mkdir inner'), model.run('pwd', { workdir: 'inner' }), model.say('Done.')]);
  expect(ofType(items, 'command_execution')[1]?.aggregated_output).toMatch(/\/inner\n$/);
});

it('type writes to a background command', async () => {
  const { items } = await run([
    model.run('read -r line; echo "got $line"', { background: true, terminal: true }),
    model.type('a word\n', { wait: 2000 }),
    model.say('It got it.'),
  ]);
  expect(ofType(items, 'command_execution')).toMatchObject([
    { exit_code: 0, status: 'completed', aggregated_output: expect.stringContaining('got a word') as string },
  ]);
});

it('waitForCommand continues when the background command has exited', async () => {
  const { events, items, requests } = await run([
    model.run('for i in 1 2 3; do sleep 0.4; echo tick $i; done', { background: true }),
    model.waitForCommand(),
    model.say('Ended.'),
  ]);
  expect(requests[2]?.toolOutputs[0]?.output).toContain('tick 3');
  expect(events.filter(({ type, item }) => type === 'item.started' && item?.type === 'command_execution')).toHaveLength(
    1,
  );
  // Older versions report the end late, without the exit code, or never.
  const completed = ofType(items, 'command_execution').map(({ exit_code, status }) => [exit_code, status]);
  expect(minor >= 150 ? completed : [[0, 'completed']]).toEqual([[0, 'completed']]);
});

it('patch changes files and emits a file change', async () => {
  writeFileSync(join(folder, 'calc.js'), 'exports.add = (a, b) => a - b;\n');
  const { items } = await run([
    model.patch(`
*** Update File: calc.js
@@
-exports.add = (a, b) => a - b;
+exports.add = (a, b) => a + b;
*** Add File: README.md
+# calc
`),
    model.say('Fixed.'),
  ]);
  const [change] = ofType(items, 'file_change');
  expect(change?.status).toBe('completed');
  expect(new Set(change?.changes as object[])).toEqual(
    new Set([
      { path: join(folder, 'README.md'), kind: 'add' },
      { path: join(folder, 'calc.js'), kind: 'update' },
    ]),
  );
  expect(readFileSync(join(folder, 'calc.js'), 'utf8')).toContain('a + b');
  expect(existsSync(join(folder, 'README.md'))).toBe(true);
});

it('todos emits a to-do list that is updated, and completed at the end of the turn', async () => {
  const { events } = await run([
    model.todos({ Read: 'in_progress', Fix: 'pending' }, { explanation: 'Two steps' }),
    model.todos({ Read: 'completed', Fix: 'in_progress' }),
    model.todos({ Read: 'completed', Fix: 'completed' }),
    model.say('All done.'),
  ]);
  const lists = events.filter(({ item }) => item?.type === 'todo_list');
  expect(
    lists.map(({ type, item }) => [type, (item?.items as { completed: boolean }[]).map((step) => step.completed)]),
  ).toEqual([
    ['item.started', [false, false]],
    ['item.updated', [true, false]],
    ['item.updated', [true, true]],
    ['item.completed', [true, true]],
  ]);
});

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

it('search emits a web search with its query', async () => {
  const { items } = await run([
    model.search('rxjs switchMap cancellation'),
    model.search({ url: 'https://rxjs.dev', pattern: 'switchMap' }),
    model.say('Found it.'),
  ]);
  expect(items).toMatchObject([
    { type: 'web_search', query: 'rxjs switchMap cancellation' },
    { type: 'web_search' },
    { type: 'agent_message', text: 'Found it.' },
  ]);
});

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

it('usage sets the tokens of the turn', async () => {
  const { events } = await run([
    [model.run('true'), model.usage({ input: 1000, cached: 400, output: 50, reasoning: 7 })],
    model.usage({ input: 2000, cached: 1000, output: 60, reasoning: 8 }),
    model.say('Done.'),
  ]);
  expect(events.at(-1)).toMatchObject({
    type: 'turn.completed',
    usage: { input_tokens: 3000, cached_input_tokens: 1400, output_tokens: 110 },
  });
});

it('an array of steps is one response', async () => {
  const { items, requests } = await run([
    [model.say('I look.'), model.run('echo a'), model.run('echo b')],
    model.say('Done.'),
  ]);
  expect(requests).toHaveLength(2);
  expect(items.map(({ type }) => type)).toEqual([
    'agent_message',
    'command_execution',
    'command_execution',
    'agent_message',
  ]);
});

it('when replies first to the requests that match', async () => {
  const { items } = await run([
    model.when(/^do it$/i, model.run('true')),
    model.when((request) => request.toolOutputs.length > 0, model.say('From the rule.')),
  ]);
  expect(items.at(-1)).toMatchObject({ text: 'From the rule.' });
});

it('whenever repeats its last response', async () => {
  scripted = await openScriptedModel([model.whenever('Do', model.say('Again.'))]);
  const texts = [];
  for (const prompt of ['Do it', 'Do it twice']) {
    const { items } = await runCodex(scripted, prompt, { cwd: folder });
    texts.push(items.at(-1)?.text);
  }
  expect(texts).toEqual(['Again.', 'Again.']);
});
