import type { ThreadEvent } from '@codex-rx/core';
import { events, items } from '@codex-rx/testing';
import { liveLines } from '../../../src/terminal/view/live.js';
import { width } from '../../../src/text/terminal-text.js';
import { lastOf } from '../../support/moments.js';
import { bare, coloured } from '../../support/styles.js';

function below(all: readonly ThreadEvent[], now = 5000, style = coloured): readonly string[] {
  return bare(liveLines(all.length === 0 ? undefined : lastOf(all), now, { isStopping: false }, style));
}

function status(all: readonly ThreadEvent[], now?: number): string | undefined {
  return below(all, now).at(-1);
}

const command = items.commandExecution("/bin/bash -lc 'npm test'", { id: 'item_1', status: 'in_progress' });
const call = items.mcpToolCall('docs', 'find', { id: 'item_2', status: 'in_progress' });

it('says that the CLI starts as long as it told nothing', () => {
  expect(status([])).toMatch(/^ {3}5\.0s {2}. {2}starting the CLI +Ctrl-C ends it$/);
});

it('says what runs and for how long', () => {
  expect(status([events.turnStarted(), events.itemStarted(command)])).toContain('3.0s  $ npm test');
});

it('says of several things the latest, and how many more there are', () => {
  expect(status([events.itemStarted(command), events.itemStarted(call)])).toContain('docs.find (and 1 more)');
});

it('shows the end of a message while it is written', () => {
  const opened = events.itemStarted(items.agentMessage('', { id: 'item_3' }));
  const delta = (text_delta: string): ThreadEvent => ({
    type: 'item.delta',
    item_id: 'item_3',
    item_type: 'agent_message',
    delta: { text_delta },
  });
  expect(status([opened])).toContain('writing');
  expect(status([opened, delta('The check '), delta('passes.')])).toContain('  The check passes.');
  expect(status([opened, delta(`${'word '.repeat(30)}end.`)])).toMatch(/ {2}….*word end\./);
});

it('looks at the end of a long message and at the start of a long command only', () => {
  const long = 'word '.repeat(4_000_000);
  const message = lastOf([events.itemStarted(items.agentMessage(`${long}end.`, { id: 'item_3' }))]);
  const script = lastOf([events.itemStarted(items.commandExecution(long, { status: 'in_progress' }))]);
  const started = performance.now();
  for (let now = 0; now < 2000; now += 100)
    for (const moment of [message, script]) liveLines(moment, now, { isStopping: false }, coloured);
  expect(performance.now() - started).toBeLessThan(20_000);
  expect(bare(liveLines(message, 0, { isStopping: false }, coloured)).at(-1)).toContain('word end.');
});

it('says that the model thinks when nothing else goes on', () => {
  expect(status([events.turnStarted()])).toContain('the model is thinking');
});

it('says that the turn is over', () => {
  expect(status([events.threadStarted(), events.turnStarted(), events.turnCompleted()])).toContain('the turn is over');
});

it('says that the run is being ended', () => {
  const lines = bare(liveLines(lastOf([events.itemStarted(command)]), 5000, { isStopping: true }, coloured));
  expect(lines.at(-1)).toContain('ending the run');
  expect(lines.at(-1)).not.toContain('Ctrl-C');
});

it('turns its spinner with the time', () => {
  expect(status([], 100)).not.toBe(status([], 200)?.replace('0.2s', '0.1s'));
});

it('shows the plan as a checklist: what is done, where it is, what is left', () => {
  const plan = items.todoList([{ text: 'look', completed: true }, 'mend', 'check\nagain']);
  expect(below([events.itemStarted(plan)]).slice(0, -1)).toEqual([
    '',
    '    ✔ look',
    '    ▸ mend',
    '    ○ check again',
    '',
  ]);
});

it('shows of a long plan the part around the step that it is at', () => {
  const steps = Array.from({ length: 50 }, (_, index) => ({
    text: `step ${String(index + 1)}`,
    completed: index < 30,
  }));
  const lines = below([events.itemStarted(items.todoList(steps))], 5000, { ...coloured, rows: 24 });
  expect(lines).toHaveLength(12);
  expect(lines[1]).toBe('    ✔ step 30');
  expect(lines[2]).toBe('    ▸ step 31');
});

it.each([20, 80, 160])('fits into %d columns, or the least that it needs', (columns) => {
  const long = items.commandExecution('echo '.repeat(80), { status: 'in_progress' });
  const plan = items.todoList(['日本'.repeat(80)], { id: 'item_9' });
  const lines = below([events.itemStarted(plan), events.itemStarted(long)], 5000, { ...coloured, columns });
  expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(Math.max(40, columns));
});
