import type { UsageRow } from '../../src/usage/aggregate.js';
import type { Usage } from '../../src/usage/collect-usage.js';
import { renderProgress } from '../../src/usage/progress-bar.js';
import { renderTable, type TableOptions } from '../../src/usage/render-table.js';
import { NO_TOKENS } from '../../src/usage/tokens.js';

const row = (keys: readonly string[], input: number, cost: number, unpriced = 0): UsageRow => ({
  keys,
  tokens: { ...NO_TOKENS, input, cachedInput: input / 2, output: input / 10, reasoningOutput: 7 },
  cost,
  unpriced: { ...NO_TOKENS, input: unpriced },
  sessions: 3,
});
const usage: Usage = {
  rows: [row(['2026-11-29'], 1000, 1.5), row(['2026-11-30'], 4_000_000, 6, 5), row(['2026-12-01'], 10, 0, 11)],
  total: row([], 4_001_010, 7.5, 16),
  unpriced: [{ model: 'new\u001b[31m', provider: 'gateway', tokens: { ...NO_TOKENS, input: 16 } }],
  files: 3,
  skipped: [{ path: '/home/a.jsonl.zst', reason: 'Cannot read /home/a.jsonl.zst: it is compressed.' }],
  damaged: { lines: 2, files: 1 },
};
const options: TableOptions = { by: ['day'], home: '/home', timeZone: 'UTC', columns: 100, colors: false };

describe('renderTable', () => {
  it('shows rows with bars, the total, and what is missing', () => {
    expect(renderTable(usage, options)).toBe(`Usage of /home by day (UTC)

Day         Sessions      Input     cached   Output  reasoning    USD
2026-11-29         3      1,000        500      100          7   1.50  ███████▎
2026-11-30         3  4,000,000  2,000,000  400,000          7  6.00+  █████████████████████████████
2026-12-01         3         10          5        1          7      ?  ▏
─────────────────────────────────────────────────────────────────────
Total              3  4,001,010  2,000,505  400,101          7  7.50+

Cost at the list prices of @pydantic/genai-prices 0.1.8 (2026-09-23).

No price known for these models:
  new (provider gateway): 16 tokens

These files could not be read:
  Cannot read /home/a.jsonl.zst: it is compressed.

2 damaged lines in 1 file skipped.
`);
  });

  it.each([40, 60, 80, 160])('fits a terminal of %i columns', (columns) => {
    const long = { ...usage, rows: usage.rows.map((one) => ({ ...one, keys: [`/home/user/${'日本'.repeat(50)}`] })) };
    const [, , ...lines] = renderTable(long, { ...options, by: ['project'], columns }).split('\n');
    const table = lines.slice(0, 6);

    expect(table.map((line) => line.replace(/[日本]/g, '--').length).filter((width) => width > columns)).toEqual([]);
    expect(table.join('\n')).toMatch(/USD[^]*7\.50\+/);
  });

  it('writes no control characters of names', () => {
    const keys = ['a\u001b]0;title\u0007\u202eb\nc'];
    expect(renderTable({ ...usage, rows: [row(keys, 1, 1)] }, options)).toContain('\nab c');
  });

  it('uses colors only when they are wanted', () => {
    expect(renderTable(usage, { ...options, colors: true })).toContain('\u001b[');
    expect(renderTable(usage, options)).not.toContain('\u001b');
  });

  it('says that there is nothing', () => {
    expect(
      renderTable({ ...usage, rows: [], skipped: [], unpriced: [], damaged: { lines: 0, files: 0 } }, options),
    ).toContain('No tokens found.');
  });
});

describe('renderProgress', () => {
  it('shows the share of the bytes', () => {
    expect(renderProgress({ files: 3, allFiles: 9, bytes: 50, allBytes: 100 })).toBe(
      `${'█'.repeat(15)}${'░'.repeat(15)} 50 %  3 of 9 sessions`,
    );
  });
});
