import { model, openScriptedModel } from '../../src/model/index.js';
import { runCodex } from '../helpers/run-codex.js';
import { ofType, scriptedRuns } from '../helpers/scripted-runs.js';

const { folder, run } = scriptedRuns();

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
  await using scripted = await openScriptedModel([model.whenever('Do', model.say('Again.'))]);
  const texts = [];
  for (const prompt of ['Do it', 'Do it twice']) {
    const { items } = await runCodex(scripted, prompt, { cwd: folder() });
    texts.push(items.at(-1)?.text);
  }
  expect(texts).toEqual(['Again.', 'Again.']);
});
