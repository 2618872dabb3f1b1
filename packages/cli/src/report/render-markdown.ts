import { describeItem } from './describe-item.js';
import { counted, formatDuration, formatNumber, formatTime } from './format.js';
import type { ReportItem, ReportTurn, RunReport } from './run-report.js';
import { summarize } from './summary.js';
import { TextBudget } from './text-budget.js';
import { visible } from './visible.js';

/** Sequences of a terminal, which a text file cannot show. */
const SEQUENCES =
  // eslint-disable-next-line no-control-regex -- removing them is the purpose
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;

/** Renders runs as Markdown. HTML and images in texts of the run become text. */
export function renderMarkdownReport(runs: readonly RunReport[]): string {
  const budget = new TextBudget();
  return `${runs.map((run) => renderRun(run, budget)).join('\n\n---\n\n')}\n`;
}

function renderRun(run: RunReport, budget: TextBudget): string {
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
    ...(run.failure === undefined ? [] : [`Error: ${inline(run.failure)}`]),
    ...run.notices.map(({ message }) => `Notice: ${inline(budget.take(message))}`),
  ];
  let number = 0;
  const turns = run.turns.map((turn) => renderTurn(turn, turn.status === 'outside' ? 0 : ++number, budget));
  return [
    `# ${inline(run.title ?? run.threadId ?? 'Run')}`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...turns,
  ].join('\n\n');
}

function renderTurn({ status, error, items }: ReportTurn, number: number, budget: TextBudget): string {
  const title = status === 'outside' ? '## Outside of turns' : `## Turn ${number} (${status})`;
  const failed = error === undefined ? [] : [`**Failed:** ${inline(budget.take(error.message))}`];
  return [title, ...failed, ...items.map((item) => renderItem(item, budget))].join('\n\n');
}

function renderItem(one: ReportItem, budget: TextBudget): string {
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
      return `${heading}\n\n${prose(budget.take(item.text))}`;
    case 'error':
      return `${heading}\n\n${prose(budget.take(item.message))}`;
    case 'command_execution': {
      const output = budget.take(item.aggregated_output.replace(SEQUENCES, '')).trimEnd();
      return `${heading}\n\n${fence(`$ ${title}${output === '' ? '' : `\n${output}`}`, 'console')}`;
    }
    case 'file_change':
      return [
        named,
        ...item.changes.flatMap(({ diff }) => (diff === undefined ? [] : [fence(budget.take(diff), 'diff')])),
      ].join('\n\n');
    case 'mcp_tool_call':
      return `${named}\n\n${fence(budget.take(JSON.stringify({ arguments: item.arguments, result: item.result, error: item.error }, undefined, 2)), 'json')}`;
    case 'todo_list':
      return `${heading}\n\n${item.items.map(({ text, completed }) => `- [${completed ? 'x' : ' '}] ${inlineText(text)}`).join('\n')}`;
    default:
      return named;
  }
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
