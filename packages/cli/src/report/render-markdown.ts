import { cutText } from '../text/cut-text.js';
import { counted, formatDuration, formatNumber, formatTime } from '../text/numbers.js';
import { removeSequences } from '../text/terminal-text.js';
import { visible } from '../text/visible.js';
import { describeItem } from './describe-item.js';
import type { ReportItem, ReportTurn, RunReport } from './run-report.js';
import { summarize } from './summary.js';

const MAX_TODOS = 1000;
/** The texts of a value are bounded, their number is not. */
const MAX_VALUE_CHARS = 64 * 1024;

/** Renders runs as Markdown. HTML and images in texts of the run become text. */
export function renderMarkdownReport(runs: readonly RunReport[]): string {
  return `${runs.map(renderRun).join('\n\n---\n\n')}\n`;
}

function renderRun(run: RunReport): string {
  const summary = summarize(run);
  const { usage } = run;
  const facts = [
    `Status: ${run.status}`,
    ...(run.startedAt === undefined ? [] : [`Started: ${formatTime(run.startedAt)}`]),
    ...(run.duration === undefined ? [] : [`Duration: ${formatDuration(run.duration)}`]),
    ...(run.model === undefined ? [] : [`Model: ${inline(run.model)}`]),
    ...(run.folder === undefined ? [] : [`Folder: ${inline(run.folder)}`]),
    `${counted(summary.turns, 'turn')}, ${counted(summary.commands, 'command')} (${formatNumber(summary.failedCommands)} failed), ${counted(run.files.length, 'file')} changed`,
    ...(usage === undefined
      ? []
      : [
          `Tokens: ${formatNumber(usage.input_tokens)} input (${formatNumber(usage.cached_input_tokens)} cached), ${formatNumber(usage.output_tokens)} output`,
        ]),
    ...(run.malformed === 0 ? [] : [`${counted(run.malformed, 'line')} could not be read`]),
    ...(run.failure === undefined ? [] : [`Error: ${inline(run.failure)}`]),
    ...run.notices.map(({ message }) => `Notice: ${inline(message)}`),
  ];
  let number = 0;
  const turns = run.turns.map((turn) => renderTurn(turn, turn.status === 'outside' ? 0 : ++number));
  return [
    `# ${inline(run.title ?? run.threadId ?? 'Run')}`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...turns,
  ].join('\n\n');
}

function renderTurn({ status, error, items }: ReportTurn, number: number): string {
  const title = status === 'outside' ? '## Outside of turns' : `## Turn ${number} (${status})`;
  const failed = error === undefined ? [] : [`**Failed:** ${inline(error.message)}`];
  return [title, ...failed, ...items.map(renderItem)].join('\n\n');
}

function renderItem(one: ReportItem): string {
  const { label, title, outcome } = describeItem(one);
  const { item, duration } = one;
  const notes = [
    ...(outcome === 'ok' ? [] : [outcome]),
    ...(duration !== undefined && duration > 0 ? [formatDuration(duration)] : []),
  ];
  const heading = `**${label}**${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  const named = title === '' ? heading : `${heading} ${inline(title)}`;
  switch (item.type) {
    case 'agent_message':
    case 'user_message':
    case 'reasoning':
    case 'plan':
      return `${heading}\n\n${prose(item.text)}`;
    case 'error':
      return `${heading}\n\n${prose(item.message)}`;
    case 'command_execution': {
      const output = removeSequences(item.aggregated_output).trimEnd();
      return `${heading}\n\n${fence(`$ ${title}${output === '' ? '' : `\n${output}`}`, 'console')}`;
    }
    case 'file_change':
      return [named, ...item.changes.flatMap(({ diff }) => (diff === undefined ? [] : [fence(diff, 'diff')]))].join(
        '\n\n',
      );
    case 'mcp_tool_call':
      return `${named}\n\n${fence(cutText(JSON.stringify({ arguments: item.arguments, result: item.result, error: item.error }, undefined, 2), MAX_VALUE_CHARS), 'json')}`;
    case 'todo_list':
      return `${heading}\n\n${renderTodos(item.items)}`;
    default:
      return named;
  }
}

function renderTodos(items: readonly { readonly text: string; readonly completed: boolean }[]): string {
  const more = items.length - MAX_TODOS;
  const shown = items
    .slice(0, MAX_TODOS)
    .map(({ text, completed }) => `- [${completed ? 'x' : ' '}] ${inlineText(text)}`);
  return [...shown, ...(more > 0 ? [`- ${formatNumber(more)} more`] : [])].join('\n');
}

/** A block of code whose fence the text cannot end. */
function fence(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}${language}\n${visible(text)}\n${mark}`;
}

/** Untrusted Markdown without HTML and images, as a quote: its end also ends a block of code that is left open. */
function prose(text: string): string {
  const safe = visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('![', '!\\[');
  return safe.replace(/^/gm, '> ');
}

/** Untrusted text as code in a line. */
function inline(text: string): string {
  return `\`${inlineText(text).replaceAll('`', "'")}\``;
}

function inlineText(text: string): string {
  return visible(text).replace(/\s+/g, ' ').replaceAll('<', '&lt;').replaceAll('![', '!\\[').trim();
}
