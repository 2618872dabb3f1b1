import type { ThreadItem, TodoListItem } from '@codex-rx/core';
import { shellCommand } from '@codex-rx/operators';
import { formatDuration } from '../../text/numbers.js';
import { cut, cutStart, width } from '../../text/terminal-text.js';
import type { Moment } from '../moments.js';
import { oneLine } from './plan-entries.js';
import { pageWidth, paint, type Style } from './style.js';
import { searched } from './tool-entries.js';

/**
 * The part of a text that is looked at: the live lines are drawn ten times per second, and a text may have megabytes
 * (`packages/cli/test/terminal/view/live.test.ts`). The rest is not seen.
 */
const SEEN_CHARACTERS = 1024;

/** The state of a run that its events do not show. */
export interface LiveStatus {
  readonly isStopping: boolean;
  /** The status between two turns and before the first event. */
  readonly waiting?: string | undefined;
}

/**
 * The lines below the timeline of a live run: the to-do list and the items in progress. Pure. `now` is in ms since
 * the start.
 */
export function liveLines(
  moment: Moment | undefined,
  now: number,
  status: LiveStatus,
  style: Style,
): readonly string[] {
  const plan = moment?.snapshot.todos;
  return ['', ...(plan ? [...planLines(plan, style), ''] : []), statusLine(moment, now, status, style)];
}

/** The to-do list as a checklist. A list that is too long is cut around the current step. */
export function planLines({ items }: TodoListItem, style: Style): readonly string[] {
  const current = items.findIndex(({ completed }) => !completed);
  const room = pageWidth(style) - 6;
  const lines = items.map(({ text, completed }, index) => {
    const step = cut(firstWords(text), room);
    if (completed) return `    ${paint(style, '✔', 'green')} ${paint(style, step, 'dim')}`;
    return index === current
      ? `    ${paint(style, '▸', 'cyan', 'bold')} ${paint(style, step, 'bold')}`
      : `    ${paint(style, '○', 'dim')} ${step}`;
  });
  const limit = Math.max(3, Math.floor(style.rows / 2) - 3);
  const start = Math.max(0, Math.min((current < 0 ? items.length : current) - 1, items.length - limit));
  return lines.slice(start, start + limit);
}

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

function statusLine(
  moment: Moment | undefined,
  now: number,
  { isStopping, waiting }: LiveStatus,
  style: Style,
): string {
  const frame = spinner[Math.floor(now / 100) % spinner.length] ?? '';
  const time = formatDuration(now).padStart(7);
  const end = isStopping || style.columns < 60 ? '' : 'Ctrl-C ends it';
  const room = pageWidth(style) - time.length - 5 - width(end) - 2;
  const what = cut(isStopping ? 'ending the run …' : activity(moment, now, waiting, room), room);
  const gap = ' '.repeat(Math.max(0, room - width(what)) + 2);
  return `${paint(style, time, 'dim')}  ${paint(style, frame, 'cyan')}  ${what}${gap}${paint(style, end, 'dim')}`;
}

function activity(moment: Moment | undefined, now: number, waiting: string | undefined, room: number): string {
  if (moment === undefined) return waiting ?? 'starting the CLI';
  const { snapshot, running } = moment;
  if (snapshot.status === 'completed' || snapshot.status === 'failed')
    return waiting ?? 'the turn is over, the CLI ends';
  const open = [...running.values()];
  const latest = open.at(-1);
  if (latest === undefined) return 'the model is thinking';
  const others = open.length > 1 ? ` (and ${String(open.length - 1)} more)` : '';
  const time = `${formatDuration(now - latest.since)}  `;
  return `${time}${describe(latest.item, room - time.length - others.length)}${others}`;
}

function describe(item: ThreadItem, room: number): string {
  switch (item.type) {
    case 'command_execution':
      return `$ ${firstWords(shellCommand(item))}`;
    case 'mcp_tool_call':
      return firstWords(`${item.server}.${item.tool}`);
    case 'collab_tool_call':
      return firstWords(item.tool.replaceAll('_', ' '));
    case 'web_search':
      return firstWords(`searching ${searched(item)}`);
    case 'file_change':
      return 'changing files';
    case 'agent_message':
      return item.text === '' ? 'writing' : lastWords(item.text, room);
    default:
      return item.type.replaceAll('_', ' ');
  }
}

function firstWords(text: string): string {
  return oneLine(text.slice(0, SEEN_CHARACTERS));
}

/** The end of a text that is being written. A sequence of a terminal that is cut at its start leaves no rest. */
function lastWords(text: string, room: number): string {
  const seen = text.slice(-SEEN_CHARACTERS);
  return cutStart(oneLine(seen === text ? seen : seen.replace(/^\S{0,256}\s/, '')), room);
}
