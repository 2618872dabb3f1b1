import { events, items } from '@codex-rx/testing';
import { type Summary, summaryLines } from '../../../src/terminal/view/summary.js';
import { lastOf } from '../../support/moments.js';
import { bare, coloured, plain } from '../../support/styles.js';

const { snapshot } = lastOf([
  events.threadStarted('abc'),
  events.turnStarted(),
  events.itemCompleted(items.commandExecution('npm test', { id: 'item_0', exit_code: 1 })),
  events.itemCompleted(items.commandExecution('npm test', { id: 'item_1' })),
  events.itemCompleted(items.fileChange({ '/repo/a.ts': 'update', '/repo/b.ts': 'add' }, { id: 'item_2' })),
  events.itemCompleted(items.todoList([{ text: 'look', completed: true }, 'mend'], { id: 'item_3' })),
  events.turnCompleted({
    input_tokens: 12_000,
    cached_input_tokens: 9_000,
    output_tokens: 500,
    reasoning_output_tokens: 120,
  }),
]);

const diff = `diff --git a/a.ts b/a.ts
index 1..2 100644
--- a/a.ts
+++ b/a.ts
@@ -1,2 +1,2 @@
 same
-old
+new
`;

const summary: Summary = { verdict: 'completed', reasons: [], snapshot, time: 4321, diff, folder: '/repo' };

it('says what was done, what it cost and what changed', () => {
  expect(summaryLines(summary, plain)).toEqual([
    '',
    '-'.repeat(80),
    '  completed in 4.3s',
    '',
    '  plan       1 of 2 steps done',
    '  commands   2 run, 1 failed',
    '  files      M a.ts  A b.ts',
    '  tokens     12,000 in (9,000 cached), 500 out (120 reasoning)',
    '  thread     abc',
    '',
    '  a.ts',
    '  @@ -1,2 +1,2 @@',
    '   same',
    '  -old',
    '  +new',
  ]);
});

it('says why a run failed', () => {
  const failed: Summary = {
    ...summary,
    verdict: 'failed',
    reasons: ['No access.', 'Log in.'],
    snapshot: undefined,
    diff: '',
  };
  expect(bare(summaryLines(failed, coloured)).slice(2)).toEqual([
    '  ✘ failed in 4.3s',
    '    No access.',
    '    Log in.',
    '',
  ]);
});

it('shows on a terminal the plan that was left open', () => {
  expect(bare(summaryLines(summary, coloured))).toContain('    ▸ mend');
});

it('is one screen, however long the diff is', () => {
  const long = `${diff}${'+line\n'.repeat(500)}`;
  const lines = summaryLines({ ...summary, diff: long }, { ...coloured, rows: 40 });
  expect(lines.length).toBeLessThan(40);
  expect(bare(lines).at(-1)).toMatch(/^ {2}… \d+ more lines$/);
});

it('leaves out what was not', () => {
  const { snapshot } = lastOf([events.threadStarted('abc')]);
  expect(summaryLines({ ...summary, verdict: 'stopped', snapshot, diff: '' }, plain)).toEqual([
    '',
    '-'.repeat(80),
    '  stopped in 4.3s',
    '',
    '  thread     abc',
  ]);
});

it('writes no colours into plain text', () => {
  expect(summaryLines(summary, plain).join('')).not.toContain('\u001b');
  expect(summaryLines(summary, coloured).join('')).toContain('\u001b[32m+new\u001b[39m');
});
