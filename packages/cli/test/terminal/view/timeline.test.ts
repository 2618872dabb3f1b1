import type { ThreadEvent, ThreadItem } from '@codex-rx/core';
import { events, items } from '@codex-rx/testing';
import type { Style } from '../../../src/terminal/view/style.js';
import { timelineLines } from '../../../src/terminal/view/timeline.js';
import { width } from '../../../src/text/terminal-text.js';
import { lastOf } from '../../support/moments.js';
import { bare, coloured, plain } from '../../support/styles.js';

function shown(item: ThreadItem, style: Style = plain, folder?: string): readonly string[] {
  return timelineLines(lastOf([events.itemCompleted(item)]), folder, style);
}

function after(...all: readonly ThreadEvent[]): readonly string[] {
  return timelineLines(lastOf(all), undefined, plain);
}

describe('of an item', () => {
  it('shows a message whole, broken between words', () => {
    expect(shown(items.agentMessage(`First.\n\n${'word '.repeat(20)}`))).toEqual([
      '   1.0s  say     First.',
      '',
      `                 ${'word '.repeat(12).trim()}`,
      `                 ${'word '.repeat(8).trim()}`,
    ]);
  });

  it('shows reasoning as its title and a part of its text', () => {
    const text = `**Looking**\n\n${Array.from({ length: 9 }, (_, line) => `line ${String(line + 1)}`).join('\n')}`;
    expect(shown(items.reasoning(text))).toEqual([
      '   1.0s  think   Looking',
      '                 line 1',
      '                 … 6 more lines',
      '                 line 8',
      '                 line 9',
    ]);
  });

  it('shows a command that succeeded in one line, without its output', () => {
    const command = items.commandExecution("/bin/bash -lc 'npm test'", { aggregated_output: 'lots\nof\noutput\n' });
    expect(shown(command)).toEqual(['   1.0s  run     npm test  (ok)']);
    expect(bare(shown(command, coloured))).toEqual(['   1.0s  $  npm test  ✔']);
  });

  it('shows of a command that failed the exit code, the time and the output', () => {
    const running = items.commandExecution('npm test', { status: 'in_progress' });
    const failed = items.commandExecution('npm test', { exit_code: 3, aggregated_output: 'one\n\ntwo\n' });
    expect(after(events.itemStarted(running), events.itemCompleted(failed))).toEqual([
      '   2.0s  run     npm test  (exit 3, 1.0s)',
      '                 │ one',
      '                 │',
      '                 │ two',
    ]);
  });

  it('shows the first and the last lines of a long output', () => {
    const output = Array.from({ length: 40 }, (_, line) => String(line + 1)).join('\n');
    const lines = shown(items.commandExecution('make', { exit_code: 2, aggregated_output: output }));
    expect(lines).toHaveLength(13);
    expect(lines[4]).toContain('… 29 more lines');
    expect(lines.at(-1)).toContain('│ 40');
  });

  it('says of a command that was declined that it was', () => {
    expect(shown(items.commandExecution('rm -rf /', { status: 'declined', exit_code: null }))).toEqual([
      '   1.0s  run     rm -rf /  (declined)',
    ]);
  });

  it('lets no command write to the terminal', () => {
    const evil = items.commandExecution('printf "\u001b[2J"', {
      exit_code: 1,
      aggregated_output: '\u001b[2J\u001b]0;title\u0007gone\rback',
    });
    expect(shown(evil)).toEqual(['   1.0s  run     printf ""  (exit 1)', '                 │ back']);
  });

  it('shows changed files relative to the folder, as Git does', () => {
    const change = items.fileChange({ '/repo/src/a.ts': 'update', '/repo/b.ts': 'add', '/else/c.ts': 'delete' });
    expect(shown(change, plain, '/repo')).toEqual(['   1.0s  edit    D /else/c.ts  A b.ts  M src/a.ts']);
  });

  it('says that a patch failed', () => {
    expect(shown(items.fileChange({ 'a.ts': 'update' }, { status: 'failed' }))).toEqual([
      '   1.0s  edit    M a.ts  (failed)',
    ]);
  });

  it('shows what an MCP tool was asked, and what it said when it failed', () => {
    const call = items.mcpToolCall('docs', 'find', {
      arguments: { word: 'rx' },
      status: 'failed',
      result: { content: [{ type: 'text', text: 'no such word' }, { type: 'image' }] },
    });
    expect(shown(call)).toEqual([
      '   1.0s  call    docs.find({"word":"rx"})  (failed)',
      '                 │ no such word',
    ]);
    expect(shown(items.mcpToolCall('docs', 'find', { error: { message: 'timed out' } })).at(-1)).toContain('timed out');
  });

  it.each<[ThreadItem, string]>([
    [
      items.webSearch('rxjs', { action: { type: 'open_page', url: 'https://rxjs.dev' } }),
      'search  rxjs · https://rxjs.dev',
    ],
    [items.collabToolCall('spawn_agent', { prompt: 'Count\nthe files' }), 'agent   spawn agent: Count the files  (ok)'],
    [items.error('a warning'), 'notice  a warning'],
    [items.userMessage('Please'), 'user    Please'],
    [items.plan('1. think'), 'plan    1. think'],
    [items.contextCompaction(), 'notice  earlier history was summarised'],
    [items.imageView('a.png'), 'call    looked at a.png'],
    [items.unknown('hologram'), 'notice  an item of a type that is not known: hologram'],
  ])('shows %j', (item, line) => {
    expect(shown(item)).toEqual([`   1.0s  ${line}`]);
  });
});

describe('of the plan', () => {
  const step = (text: string, completed = false) => ({ text, completed });
  const first = items.todoList([step('look'), step('mend')]);
  const second = items.todoList([step('look', true), step('mend')]);

  it('shows all steps when it is made', () => {
    expect(after(events.itemStarted(first))).toEqual([
      '   1.0s  plan    a plan of 2 steps',
      '                 [ ] look',
      '                 [ ] mend',
    ]);
  });

  it('leaves the steps to the checklist below on a terminal', () => {
    const lines = timelineLines(lastOf([events.itemStarted(first)]), undefined, coloured);
    expect(bare(lines)).toEqual(['   1.0s  ☰  a plan of 2 steps']);
  });

  it('shows each step once, when it is done', () => {
    expect(after(events.itemStarted(first), events.itemUpdated(second))).toEqual(['   2.0s  done    look (1/2)']);
    expect(after(events.itemUpdated(second), events.itemUpdated(second))).toEqual([]);
    expect(after(events.itemUpdated(second), events.itemCompleted(second))).toEqual([]);
  });

  it('shows all steps again when they are others', () => {
    expect(after(events.itemStarted(first), events.itemUpdated(items.todoList(['start over'])))).toEqual([
      '   2.0s  plan    the plan is changed: 1 step',
      '                 [ ] start over',
    ]);
  });
});

describe('of an event', () => {
  it.each<[ThreadEvent, readonly string[]]>([
    [events.threadStarted('abc'), ['   1.0s  start   thread abc']],
    [events.threadStarted('abc', { resumed: true }), ['   1.0s  start   thread abc (resumed)']],
    [events.error('Reconnecting... 1/5'), ['   1.0s  notice  Reconnecting... 1/5']],
    [events.unknown('thread.paused'), ['   1.0s  notice  an event of a type that is not known: thread.paused']],
    [events.malformed('{', { line_number: 7, error: 'not JSON' }), ['   1.0s  notice  line 7 is no event: not JSON']],
    [events.itemFailed({ id: 'item_1' }, 'no luck'), ['   1.0s  failed  no luck']],
    [events.turnStarted(), []],
    [events.turnCompleted(), []],
    [events.itemStarted(items.commandExecution('ls', { status: 'in_progress' })), []],
  ])('shows %j', (event, lines) => {
    expect(after(event)).toEqual(lines);
  });
});

it.each([20, 60, 80, 160])('keeps every line inside of %d columns, or of the least that it needs', (columns) => {
  const long = '日本 word '.repeat(60);
  const all: readonly ThreadItem[] = [
    items.agentMessage(long),
    items.commandExecution(long, { exit_code: 1, aggregated_output: long }),
    items.fileChange({ [long]: 'update' }, { status: 'failed' }),
    items.mcpToolCall('a', 'b', { arguments: { long }, error: { message: long } }),
  ];
  for (const style of [plain, coloured]) {
    const lines = all.flatMap((item) => shown(item, { ...style, columns }));
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(Math.max(columns, 40));
  }
});
