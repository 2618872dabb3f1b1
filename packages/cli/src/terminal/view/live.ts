import type { ThreadItem, TodoListItem } from '@codex-rx/core';
import { shellCommand } from '@codex-rx/operators';
import type { Moment } from '../moments.js';
import { duration } from './numbers.js';
import { oneLine } from './plan-entries.js';
import { pageWidth, paint, type Style } from './style.js';
import { cut, width } from './text.js';
import { searched } from './tool-entries.js';

/** The part of a text that is shown while it is being written. */
const LAST_CHARACTERS = 80;

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
    const step = cut(oneLine(text), room);
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
  const time = duration(now).padStart(7);
  const end = isStopping || style.columns < 60 ? '' : 'Ctrl-C ends it';
  const room = pageWidth(style) - time.length - 5 - width(end) - 2;
  const what = cut(isStopping ? 'ending the run …' : activity(moment, now, waiting), room);
  const gap = ' '.repeat(Math.max(0, room - width(what)) + 2);
  return `${paint(style, time, 'dim')}  ${paint(style, frame, 'cyan')}  ${what}${gap}${paint(style, end, 'dim')}`;
}

function activity(moment: Moment | undefined, now: number, waiting: string | undefined): string {
  if (moment === undefined) return waiting ?? 'starting the CLI';
  const { snapshot, running } = moment;
  if (snapshot.status === 'completed' || snapshot.status === 'failed')
    return waiting ?? 'the turn is over, the CLI ends';
  const open = [...running.values()];
  const latest = open.at(-1);
  if (latest === undefined) return 'the model is thinking';
  const others = open.length > 1 ? ` (and ${String(open.length - 1)} more)` : '';
  return `${duration(now - latest.since)}  ${describe(latest.item)}${others}`;
}

function describe(item: ThreadItem): string {
  switch (item.type) {
    case 'command_execution':
      return `$ ${oneLine(shellCommand(item))}`;
    case 'mcp_tool_call':
      return `${item.server}.${item.tool}`;
    case 'collab_tool_call':
      return item.tool.replaceAll('_', ' ');
    case 'web_search':
      return `searching ${searched(item)}`;
    case 'file_change':
      return 'changing files';
    case 'agent_message':
      return item.text === '' ? 'writing' : lastWords(item.text);
    default:
      return item.type.replaceAll('_', ' ');
  }
}

/** The end of a text that is being written. */
function lastWords(text: string): string {
  const words = oneLine(text);
  return words.length > LAST_CHARACTERS ? `…${words.slice(-LAST_CHARACTERS)}` : words;
}
