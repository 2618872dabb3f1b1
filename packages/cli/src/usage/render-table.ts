import { counted, formatNumber } from '../text/numbers.js';
import { clean, cut, width } from '../text/terminal-text.js';
import type { Dimension, UsageRow } from './aggregate.js';
import type { Usage } from './collect-usage.js';
import { PRICE_TABLE } from './prices.js';
import { totalTokens } from './tokens.js';

export interface TableOptions {
  readonly by: readonly Dimension[];
  readonly home: string;
  readonly timeZone: string;
  /** The width of the terminal. */
  readonly columns: number;
  /** Whether to use colors. */
  readonly colors: boolean;
}

interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly cell: (row: UsageRow) => string;
  /** Columns with a higher number go first when the terminal is narrow. */
  readonly rank: number;
}

const GAP = 2;
const MIN_BAR = 8;
const MAX_BAR = 40;
const MIN_NAME = 10;
const MAX_SHOWN = 10;
const dollars = createDollars(2);
/** For totals below one dollar. */
const preciseDollars = createDollars(4);

/** Renders usage as a table with bars and the notes that belong to it, for a terminal or a file. */
export function renderTable(usage: Usage, options: TableOptions): string {
  const title = `Usage of ${clean(options.home)} by ${options.by.join(' and ')} (${options.timeZone})`;
  if (usage.rows.length === 0) return [title, '', 'No tokens found.', ...notes(usage), ''].join('\n');
  return [style(title, 1, options), '', ...tableLines(usage, options), '', ...notes(usage), ''].join('\n');
}

function tableLines(usage: Usage, options: TableOptions): readonly string[] {
  const names = options.by.map(
    (dimension, index): Column => ({
      title: capitalized(dimension),
      align: 'left',
      cell: (row) => clean(row.keys[index] ?? (index === 0 ? 'Total' : '')).replaceAll('\n', ' '),
      rank: 0,
    }),
  );
  const rows = [...usage.rows, usage.total];
  const all = [...names, ...counts(options.by, usage.total.cost < 1 ? preciseDollars : dollars)];
  const columns = fitting(all, rows, options.columns);
  const widths = columns.map((column) => columnWidth(column, rows));
  shrinkNames(widths, names.length, options.columns);
  const used = widths.reduce((sum, one) => sum + one + GAP, 0);
  const barWidth = Math.min(options.columns - used, MAX_BAR);
  const weight = usage.total.cost > 0 ? (row: UsageRow) => row.cost : (row: UsageRow) => totalTokens(row.tokens);
  const most = Math.max(...usage.rows.map(weight));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align ?? 'left')).join(' '.repeat(GAP));
  const body = usage.rows.map((row) => {
    const bar = barWidth >= MIN_BAR ? style(renderBar(weight(row) / most, barWidth), 36, options) : '';
    return `${line(columns.map(({ cell }) => cell(row)))}${' '.repeat(GAP)}${bar}`.trimEnd();
  });
  const rule = style('─'.repeat(Math.max(0, used - GAP)), 2, options);
  return [
    style(line(columns.map((column) => column.title)).trimEnd(), 2, options),
    ...body,
    rule,
    style(line(columns.map(({ cell }) => cell(usage.total))), 1, options),
  ];
}

function counts(by: readonly Dimension[], format: Intl.NumberFormat): readonly Column[] {
  const count = (title: string, rank: number, value: (row: UsageRow) => number): Column => ({
    title,
    align: 'right',
    cell: (row) => formatNumber(value(row)),
    rank,
  });
  return [
    ...(by.includes('session') ? [] : [count('Sessions', 3, (row) => row.sessions)]),
    count('Input', 1, ({ tokens }) => tokens.input),
    count('cached', 4, ({ tokens }) => tokens.cachedInput),
    count('Output', 1, ({ tokens }) => tokens.output),
    count('reasoning', 5, ({ tokens }) => tokens.reasoningOutput),
    { title: 'USD', align: 'right', cell: (row) => renderCost(row, format), rank: 0 },
  ];
}

function createDollars(digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A `+` marks a cost that lacks the tokens of models without a price. */
function renderCost({ cost, unpriced, tokens }: UsageRow, format: Intl.NumberFormat): string {
  const missing = totalTokens(unpriced);
  if (missing > 0 && missing === totalTokens(tokens)) return '?';
  return `${format.format(cost)}${missing > 0 ? '+' : ''}`;
}

/** Leaves out the least important columns until the rest fits with names of `MIN_NAME` columns. */
function fitting(columns: readonly Column[], rows: readonly UsageRow[], available: number): readonly Column[] {
  const needed = columns.reduce((sum, column) => {
    const wanted = columnWidth(column, rows);
    return sum + GAP + (column.align === 'left' ? Math.min(wanted, MIN_NAME) : wanted);
  }, -GAP);
  const highest = Math.max(...columns.map(({ rank }) => rank));
  if (needed <= available || highest === 0) return columns;
  return fitting(
    columns.filter(({ rank }) => rank !== highest),
    rows,
    available,
  );
}

/** Shortens the first `count` widths so that a row fits. */
function shrinkNames(widths: number[], count: number, available: number): void {
  let excess = widths.reduce((sum, one) => sum + one + GAP, -GAP) - available;
  while (excess > 0) {
    const longest = Math.max(...widths.slice(0, count));
    if (longest <= MIN_NAME) return;
    widths[widths.indexOf(longest)] = longest - 1;
    excess--;
  }
}

function columnWidth({ title, cell }: Column, rows: readonly UsageRow[]): number {
  return rows.reduce((most, row) => Math.max(most, width(cell(row))), title.length);
}

function pad(text: string, columns: number, align: 'left' | 'right'): string {
  const shown = cut(text, columns);
  const space = ' '.repeat(Math.max(0, columns - width(shown)));
  return align === 'left' ? shown + space : space + shown;
}

/** A bar in eighths of a column. Any usage shows. */
function renderBar(share: number, columns: number): string {
  const eighths = Math.max(1, Math.round(share * columns * 8));
  const rest = eighths % 8;
  return '█'.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : String.fromCharCode(0x2590 - rest));
}

function notes(usage: Usage): readonly string[] {
  const { unpriced, skipped, damaged } = usage;
  const { source, version, date } = PRICE_TABLE;
  return [
    `Cost at the list prices of ${source} ${version} (${date}).`,
    ...section('No price known for these models:', unpriced, ({ model, provider, tokens }) => {
      const of = provider === undefined || provider === 'openai' ? '' : ` (provider ${provider})`;
      return `${model}${of}: ${formatNumber(totalTokens(tokens))} tokens`;
    }),
    ...section('These files could not be read:', skipped, ({ path, reason }) =>
      reason.includes(path) ? reason : `${path}: ${reason}`,
    ),
    ...(damaged.lines === 0
      ? []
      : ['', `${counted(damaged.lines, 'damaged line')} in ${counted(damaged.files, 'file')} skipped.`]),
  ];
}

function section<T>(title: string, values: readonly T[], describe: (value: T) => string): readonly string[] {
  if (values.length === 0) return [];
  const lines = values.slice(0, MAX_SHOWN).map((value) => `  ${clean(describe(value)).replaceAll('\n', ' ')}`);
  const more = values.length - MAX_SHOWN;
  return ['', title, ...lines, ...(more > 0 ? [`  … ${formatNumber(more)} more (--json lists all)`] : [])];
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function style(text: string, code: number, { colors }: TableOptions): string {
  return colors && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
}
