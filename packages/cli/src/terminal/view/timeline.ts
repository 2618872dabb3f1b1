import { formatDuration } from '../../text/numbers.js';
import { clean, cut, width, wrap } from '../../text/terminal-text.js';
import type { Moment } from '../moments.js';
import { entries } from './entries.js';
import type { Entry, Result } from './entry.js';
import { type Mark, marks } from './marks.js';
import { oneLine } from './plan-entries.js';
import { type Colour, pageWidth, paint, type Style } from './style.js';

/** The lines that a moment adds to the timeline. Pure. `folder` is what paths are shown relative to. */
export function timelineLines(moment: Moment, folder: string | undefined, style: Style): readonly string[] {
  return entries(moment, folder).flatMap((entry) => layOut(entry, moment.at, style));
}

const timeWidth = 7;
const wordWidth = 6;

function layOut(entry: Entry, at: number, style: Style): readonly string[] {
  const mark: Mark = marks[entry.mark];
  const time = paint(style, formatDuration(at).padStart(timeWidth), 'dim');
  const label = style.isPlain ? mark.word.padEnd(wordWidth) : paint(style, mark.icon, mark.colour, 'bold');
  const indent = ' '.repeat(timeWidth + 4 + (style.isPlain ? wordWidth : 1));
  const room = pageWidth(style) - indent.length;

  const ending = entry.result ? `  ${resultText(entry.result, style)}` : '';
  const roomForText = Math.max(room - width(ending), 8);
  const text = clean(entry.text).replaceAll('\n', ' ');
  const lines = (entry.overflow === 'cut' ? [cut(text, roomForText)] : wrap(text, roomForText)).map((line) =>
    emphasise(line, entry.mark, style),
  );
  return [
    `${time}  ${label}  ${lines.join(`\n${indent}`)}${ending}`,
    ...detailLines(entry, room, style).map((line) => `${indent}${line}`),
  ]
    .flatMap((line) => line.split('\n'))
    .map((line) => line.trimEnd());
}

/** Shorter than this (ms), a time says more of the machine than of the command. */
const worthTelling = 50;

function resultText({ isFine, how, took = 0 }: Result, style: Style): string {
  const time = took < worthTelling ? '' : formatDuration(took);
  const parts = isFine ? [style.isPlain ? 'ok' : '', time] : [oneLine(how ?? ''), time];
  const text = parts.filter((part) => part).join(style.isPlain ? ', ' : ' · ');
  if (style.isPlain) return `(${text})`;
  return paint(style, `${isFine ? '✔' : '✘'} ${text}`.trimEnd(), isFine ? 'green' : 'red');
}

/** Dims the agent's thoughts and emphasizes its actions. */
const emphasis: Readonly<Partial<Record<Entry['mark'], Colour>>> = {
  thread: 'dim',
  think: 'dim',
  run: 'bold',
  runFailed: 'bold',
  edit: 'bold',
  call: 'bold',
  agent: 'bold',
  search: 'bold',
};

function emphasise(line: string, mark: Entry['mark'], style: Style): string {
  const colour = emphasis[mark];
  return colour === undefined ? line : paint(style, line, colour);
}

function detailLines({ mark, overflow, details = [] }: Entry, room: number, style: Style): readonly string[] {
  // On a terminal the plan stands below the timeline all the time.
  if (mark === 'plan' && overflow === 'cut' && !style.isPlain) return [];
  if (mark === 'runFailed' || mark === 'call')
    return details.map((line) => `${paint(style, '│', 'red')} ${cut(clean(line), room - 2)}`);
  return details.flatMap((line) => wrap(clean(line), room)).map((line) => emphasise(line, mark, style));
}
