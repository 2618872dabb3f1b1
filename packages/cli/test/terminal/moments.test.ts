import { events, items } from '@codex-rx/testing';
import { lastOf, momentsOf } from '../support/moments.js';

const running = items.commandExecution('npm test', { id: 'item_1', status: 'in_progress' });
const done = items.commandExecution('npm test', { id: 'item_1' });

it('tells how long an item took from its start', () => {
  const [, , ended] = momentsOf([events.turnStarted(), events.itemStarted(running), events.itemCompleted(done)], 400);
  expect(ended?.took).toBe(400);
});

it('tells no time of an item whose start was not told', () => {
  expect(lastOf([events.itemCompleted(done)]).took).toBeUndefined();
});

it('keeps what runs, from its start on, until it ends', () => {
  const other = items.mcpToolCall('docs', 'find', { id: 'item_2', status: 'in_progress' });
  const all = momentsOf([
    events.itemStarted(running),
    events.itemStarted(other),
    events.itemUpdated({ ...running, aggregated_output: '1 test' }),
    events.itemCompleted(done),
  ]);
  const since = all.map((moment) => [...moment.running].map(([id, { since }]) => `${id} ${String(since)}`));
  expect(since).toEqual([
    ['item_1 1000'],
    ['item_1 1000', 'item_2 2000'],
    ['item_1 1000', 'item_2 2000'],
    ['item_2 2000'],
  ]);
});

it('says that nothing runs once the turn is over', () => {
  expect(lastOf([events.itemStarted(running), events.turnCompleted()]).running.size).toBe(0);
  expect(lastOf([events.itemStarted(running), events.turnFailed('no')]).running.size).toBe(0);
});

it('does not count the plan among what runs', () => {
  expect(lastOf([events.itemStarted(items.todoList(['a']))]).running.size).toBe(0);
});

it('remembers the plan before a change of it', () => {
  const before = items.todoList(['a', 'b']);
  const after = items.todoList(['a', 'b', 'c']);
  const moment = lastOf([events.itemStarted(before), events.itemUpdated(after)]);
  expect([moment.planBefore, moment.snapshot.todos]).toEqual([before, after]);
});
