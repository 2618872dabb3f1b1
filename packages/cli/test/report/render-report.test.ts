import type { ThreadEvent } from '@codex-rx/core/events';
import { snapshots } from '@codex-rx/operators';
import { concat, from, lastValueFrom, throwError } from 'rxjs';
import { renderAnsi } from '../../src/report/html/ansi.js';
import { renderMarkdown } from '../../src/report/html/markdown.js';
import { renderReport } from '../../src/report/render-report.js';
import { ATTACKS, attackRun, command, message, pageOf, runOf, START } from './support.js';

describe('renderReport', () => {
  it('shows messages, commands, tokens and times of the events of a run', async () => {
    const page = await pageOf(runOf(message('**Done**'), command('\u001b[31mred\u001b[0m', 1)), {
      title: 'My run',
      model: 'gpt-5.5',
    });

    expect(page).toContain('<strong>Done</strong>');
    expect(page).toContain('<span class="a-fg-1">red</span>');
    expect(page).toContain('<h1>My run <span class="badge completed">completed</span></h1>');
    expect(page).toMatch(/<dt>Commands<\/dt><dd>1, 1 failed<\/dd>/);
    expect(page).toMatch(/<dt>Input tokens<\/dt><dd>1,200 \(200 cached\)<\/dd>/);
    expect(page).toMatch(/<dt>Started<\/dt><dd>2026-11-30 10:00:00 UTC<\/dd>/);
    expect(page).toContain('aria-label="Timeline of the run"');
  });

  it('accepts a snapshot, which has no times and events', async () => {
    const snapshot = await lastValueFrom(from(runOf(message('Hello'))).pipe(snapshots()));
    const page = await renderReport(snapshot);

    expect(page).toContain('<p>Hello</p>');
    expect(page).not.toContain('Raw events');
    expect(page).not.toContain('Timeline of the run');
  });

  it('contains what happened before the stream failed, and the error', async () => {
    const failed$ = concat(
      from(runOf(message('Before'))),
      throwError(() => new Error('The run was killed.')),
    );
    const page = await renderReport(failed$);

    expect(page).toContain('<p>Before</p>');
    expect(page).toContain('The stream ended with an error: The run was killed.');
  });

  it('renders an empty run', async () => {
    expect(await pageOf([])).toContain('<h1>Run <span class="badge pending">pending</span></h1>');
  });

  it('cuts an output of 20 MB in the middle, with a note', async () => {
    const page = await pageOf(runOf(command(`start${'x'.repeat(20_000_000)}end`)));

    expect(page.length).toBeLessThan(300_000);
    expect(page).toMatch(/start.*\[… 19,9\d\d,\d\d\d characters left out …\].*end/s);
  });

  it('bounds a page of many long outputs', async () => {
    const items = Array.from({ length: 1000 }, () => command('y'.repeat(60_000)));
    expect((await pageOf(runOf(...items))).length).toBeLessThan(25_000_000);
  });

  it.each(['html', 'md'] as const)('cuts every text of a run in %s, wherever it is', async (format) => {
    const report = await pageOf(attackRun('x'.repeat(300_000)), { format, title: 'x'.repeat(300_000) });
    const lengths = (report.match(/x+/g) ?? []).map((text) => text.length);

    expect(Math.max(...lengths)).toBeLessThanOrEqual(32 * 1024);
    expect(report).toContain('characters left out');
  });

  it('bounds lists and values with many entries', async () => {
    const many = Array.from({ length: 50_000 }, () => '');
    const run = runOf(
      { type: 'todo_list', id: 't', items: many.map((text) => ({ text, completed: false })) },
      { type: 'file_change', id: 'f', status: 'completed', changes: many.map((path) => ({ path, kind: 'add' })) },
      { type: 'mcp_tool_call', id: 'm', server: 's', tool: 't', status: 'completed', arguments: many },
    );
    const page = await pageOf(run);

    expect(page.length).toBeLessThan(1_000_000);
    expect(page).toContain('<li>49,000 more</li>');
    expect((await pageOf(run, { format: 'md' })).length).toBeLessThan(500_000);
  });

  it('leaves out the history that a fork inherited', async () => {
    const [started, ...rest] = runOf(message('Own'));
    const inherited: readonly ThreadEvent[] = runOf(message('Copied'))
      .slice(1)
      .map((event) => ({ ...event, turn_id: 'old', inherited: true }));
    const page = await pageOf([...(started === undefined ? [] : [started]), ...inherited, ...rest]);

    expect(page).toContain('<p>Own</p>');
    expect(page).not.toContain('<p>Copied</p>');
  });

  it('writes JSON with every item', async () => {
    const json = JSON.parse(await pageOf(runOf(message('Hello')), { format: 'json' })) as unknown;

    expect(json).toMatchObject({
      runs: [
        {
          status: 'completed',
          startedAt: START,
          turns: [{ status: 'completed', items: [{ item: { text: 'Hello' } }] }],
          eventCount: 4,
        },
      ],
    });
  });

  it.each(ATTACKS.map((attack) => [attack]))('writes Markdown in which %j is text', async (attack) => {
    const text = await pageOf(attackRun(attack), { format: 'md' });
    const outside = text.replace(/^(`{3,})[^\n]*\n.*?\n\1$/gms, '');

    expect(outside).not.toMatch(/<[a-z!/]/i);
    expect(outside).not.toMatch(/(?<!\\)!\[/);
    // eslint-disable-next-line no-control-regex -- none may be left
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/);
  });
});

describe('the Markdown of a run', () => {
  it('stays text after a message that leaves a block of code open', async () => {
    const run = runOf(message('````'), command('````\n<img src="https://attacker.invalid/a.png">\n````'));
    const page = renderMarkdown(await pageOf(run, { format: 'md' })).text;

    expect(page).toMatch(/<blockquote>\s*<pre><code><\/code><\/pre>\s*<\/blockquote>/);
    expect(page).toContain('<pre><code class="language-console">$ npm test\n````\n&lt;img');
  });
});

describe('renderMarkdown', () => {
  it.each([
    ['brackets', '['.repeat(50_000)],
    ['emphasis', '*a '.repeat(20_000)],
    ['links', '[a]('.repeat(15_000)],
    ['quotes', '>'.repeat(60_000)],
    ['backticks', Array.from({ length: 300 }, (_, index) => '`'.repeat(index)).join(' ')],
    ['a table', `|${'a|'.repeat(500)}\n|${'-|'.repeat(500)}\n${'|a\n'.repeat(10_000)}`],
  ])('renders hostile %s within seconds', (_name, text) => {
    const start = performance.now();
    renderMarkdown(text);
    expect(performance.now() - start).toBeLessThan(40_000);
  });
});

describe('renderAnsi', () => {
  it.each([
    ['\u001b[1;32mok\u001b[0m', '<span class="a-fg-2 a-bold">ok</span>'],
    ['\u001b[38;5;196mx\u001b[m', '<span class="a-fg-9">x</span>'],
    ['\u001b[38;2;0;200;10mx', '<span class="a-fg-2">x</span>'],
    ['10%\r50%\r100%\r\ndone', '100%\ndone'],
    ['\u001b[2K\u001b[1Ga\u001b]0;title\u0007b', 'ab'],
    ['a\u001b', 'a'],
    ['<b>&', '&#60;b&#62;&#38;'],
    ['\u0000\u202e', '⟨U+0000⟩⟨U+202E⟩'],
  ])('renders %j as %j', (output, expected) => {
    expect(renderAnsi(output).text).toBe(expected);
  });
});
