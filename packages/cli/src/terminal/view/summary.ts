import type { ThreadSnapshot } from '@codex-rx/operators';
import { counted, formatDuration, formatNumber } from '../../text/numbers.js';
import { clean, cut, wrap } from '../../text/terminal-text.js';
import type { Verdict } from '../outcome.js';
import { diffLines } from './diff.js';
import { planLines } from './live.js';
import { oneLine } from './plan-entries.js';
import { type Colour, pageWidth, paint, type Style } from './style.js';
import { changedPath } from './tool-entries.js';

/** The content of the summary. */
export interface Summary {
  readonly verdict: Verdict;
  /** Why it was not completed. */
  readonly reasons: readonly string[];
  /** `undefined` for a run without events. */
  readonly snapshot: ThreadSnapshot | undefined;
  /** Milliseconds. */
  readonly time: number;
  /** Unified diff of the files that were changed; `''` where there is none to be had. */
  readonly diff: string;
  readonly folder: string | undefined;
}

const verdicts: Readonly<Record<Verdict, { readonly icon: string; readonly text: string; readonly colour: Colour }>> = {
  completed: { icon: '✔', text: 'completed', colour: 'green' },
  failed: { icon: '✘', text: 'failed', colour: 'red' },
  stopped: { icon: '■', text: 'stopped', colour: 'magenta' },
  unfinished: { icon: '■', text: 'the record ends before the turn does', colour: 'magenta' },
};

/** One screen that says what a run did. Pure. */
export function summaryLines(summary: Summary, style: Style): readonly string[] {
  const { icon, text, colour } = verdicts[summary.verdict];
  const head = `${style.isPlain ? '' : `${icon} `}${text} in ${formatDuration(summary.time)}`;
  const lines = [
    '',
    paint(style, (style.isPlain ? '-' : '─').repeat(pageWidth(style)), 'dim'),
    `  ${paint(style, head, colour, 'bold')}`,
    ...summary.reasons.flatMap((reason) => reasonLines(reason, style)),
    '',
    ...(summary.snapshot ? facts(summary.snapshot, summary.folder, style) : []),
  ];
  if (summary.diff === '') return lines;
  const room = style.isPlain ? 60 : Math.max(8, style.rows - lines.length - 3);
  return [...lines, '', ...diffLines(summary.diff, room, style)];
}

function reasonLines(reason: string, style: Style): readonly string[] {
  const room = pageWidth(style) - 4;
  return clean(reason)
    .split('\n')
    .flatMap((line) => wrap(line, room))
    .map((line) => `    ${line}`);
}

function facts(snapshot: ThreadSnapshot, folder: string | undefined, style: Style): readonly string[] {
  const room = pageWidth(style) - 13;
  const rows = [
    ['plan', planFact(snapshot)],
    ['commands', commandsFact(snapshot)],
    ['files', filesFact(snapshot, folder)],
    ['tokens', tokensFact(snapshot)],
    ['thread', snapshot.threadId ?? ''],
  ] as const;
  const shown = rows
    .filter(([, fact]) => fact !== '')
    .map(([name, fact]) => `  ${paint(style, name.padEnd(9), 'dim')}  ${cut(oneLine(fact), room)}`);
  const { todos } = snapshot;
  const isOpen = todos?.items.some(({ completed }) => !completed) ?? false;
  return todos && isOpen && !style.isPlain ? [...planLines(todos, style), '', ...shown] : shown;
}

function planFact({ todos }: ThreadSnapshot): string {
  if (todos === undefined) return '';
  const done = todos.items.filter(({ completed }) => completed).length;
  return `${formatNumber(done)} of ${counted(todos.items.length, 'step')} done`;
}

function commandsFact({ commands }: ThreadSnapshot): string {
  const all = [...commands];
  if (all.length === 0) return '';
  const failed = all.filter(({ status }) => status === 'failed' || status === 'declined').length;
  return `${formatNumber(all.length)} run${failed === 0 ? '' : `, ${formatNumber(failed)} failed`}`;
}

function filesFact({ files }: ThreadSnapshot, folder: string | undefined): string {
  return [...files].map((file) => changedPath(file, folder)).join('  ');
}

function tokensFact({ usage: { total } }: ThreadSnapshot): string {
  if (total === undefined) return '';
  const cached = total.cached_input_tokens > 0 ? ` (${formatNumber(total.cached_input_tokens)} cached)` : '';
  const reasoning = total.reasoning_output_tokens ?? 0;
  const thought = reasoning > 0 ? ` (${formatNumber(reasoning)} reasoning)` : '';
  return `${formatNumber(total.input_tokens)} in${cached}, ${formatNumber(total.output_tokens)} out${thought}`;
}
