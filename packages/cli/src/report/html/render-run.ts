import { cutText } from '../../text/cut-text.js';
import { counted, formatDuration, formatNumber, formatTime } from '../../text/numbers.js';
import { describeItem } from '../describe-item.js';
import type { ReportTurn, RunReport } from '../run-report.js';
import { type Summary, summarize } from '../summary.js';
import { listed } from './listed.js';
import { type ItemContext, renderItem, renderTodos } from './render-item.js';
import { escapeContent, html, type SafeHtml } from './safe-html.js';
import { renderTimeline } from './timeline.js';
import { renderTokenChart } from './token-chart.js';

const MAX_TROUBLES = 100;
const MAX_NOTICES = 200;

/** The heading of a run. Untrusted text. */
export function titleOf(run: RunReport): string {
  return run.title ?? run.threadId ?? 'Run';
}

/** Renders one run as a section. */
export function renderRun(run: RunReport, prefix: string): SafeHtml {
  const summary = summarize(run);
  const context: ItemContext = { prefix, origin: run.startedAt };
  return html`<section class="run" id="${prefix}run">
<h1>${titleOf(run)} <span class="badge ${run.status}">${run.status.replace('_', ' ')}</span></h1>
${renderFacts(run, summary)}
${part('Timeline', renderTimeline(run, prefix))}
${part('Tokens by turn', renderTokenChart(run))}
${part('Failures and notices', renderTroubles(run, summary, prefix))}
${part('To-do list', run.todos === undefined ? html`` : renderTodos(run.todos.items))}
${part('Files changed', renderFiles(run))}
${part('Sub-agents', renderAgents(summary))}
${run.turns.map((turn, index) => renderTurn(turn, index - (run.turns[0]?.status === 'outside' ? 1 : 0), context))}
${renderEvents(run)}</section>
`;
}

function part(title: string, content: SafeHtml): SafeHtml {
  return content.text === ''
    ? content
    : html`<section class="part-section"><h2>${title}</h2>
${content}</section>`;
}

function renderFacts(run: RunReport, summary: Summary): SafeHtml {
  const { usage } = run;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Started', run.startedAt === undefined ? undefined : formatTime(run.startedAt)],
    ['Duration', run.duration === undefined ? undefined : formatDuration(run.duration)],
    ['Turns', formatNumber(summary.turns)],
    [
      'Commands',
      `${formatNumber(summary.commands)}${summary.failedCommands > 0 ? `, ${formatNumber(summary.failedCommands)} failed` : ''}`,
    ],
    ['Tool calls', summary.toolCalls === 0 ? undefined : formatNumber(summary.toolCalls)],
    ['Files', run.files.length === 0 ? undefined : formatNumber(run.files.length)],
    [
      'Input tokens',
      usage === undefined
        ? undefined
        : `${formatNumber(usage.input_tokens)} (${formatNumber(usage.cached_input_tokens)} cached)`,
    ],
    ['Output tokens', usage === undefined ? undefined : formatNumber(usage.output_tokens)],
    ['Model', run.model],
    ['Folder', run.folder],
    ['CLI', run.cliVersion],
    ['Thread', run.threadId],
    ['Parent', run.parent],
  ];
  return html`<dl class="summary">${facts.map(
    ([name, value]) =>
      value !== undefined &&
      html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
  )}</dl>`;
}

function renderTroubles(run: RunReport, { troubled }: Summary, prefix: string): SafeHtml {
  const errors = [
    ...(run.failure === undefined ? [] : [`The stream ended with an error: ${run.failure}`]),
    ...run.turns.flatMap(({ error }) =>
      error === undefined
        ? []
        : [`A turn failed: ${error.message}${error.category === undefined ? '' : ` (${error.category})`}`],
    ),
    ...(run.malformed === 0 ? [] : [`${counted(run.malformed, 'line')} could not be read.`]),
  ];
  const notices = run.notices.slice(0, MAX_NOTICES);
  const items = troubled.slice(0, MAX_TROUBLES);
  const more = troubled.length - items.length + run.notices.length - notices.length;
  if (errors.length + notices.length + items.length === 0) return html``;
  return html`<ul class="troubles">${errors.map(
    (text) => html`<li class="o-failed">${text}</li>
`,
  )}${notices.map(
    ({
      message,
      willRetry,
    }) => html`<li>${message}${willRetry === true && html` <span class="badge">retries</span>`}</li>
`,
  )}${items.map((item) => {
    const { label, title, outcome } = describeItem(item);
    return html`<li><span class="badge ${outcome}">${outcome}</span> <a href="#${prefix}i${item.index}">${label} ${cutText(title, 200)}</a></li>
`;
  })}${more > 0 && html`<li>${formatNumber(more)} more</li>`}</ul>`;
}

function renderFiles({ files }: RunReport): SafeHtml {
  if (files.length === 0) return html``;
  return html`<div class="scroll"><table><thead><tr><th>File</th><th>Change</th><th>Patches</th></tr></thead><tbody>
${listed(
  files,
  ({
    path,
    kind,
    status,
    patches,
  }) => html`<tr><td><code>${path}</code></td><td>${kind}${status !== 'completed' && ` (${status})`}</td><td>${patches}</td></tr>
`,
  (more) => html`<tr><td colspan="3">${more}</td></tr>`,
)}</tbody></table></div>`;
}

function renderAgents({ agents }: Summary): SafeHtml {
  if (agents.length === 0) return html``;
  return html`<ul>${listed(
    agents,
    ({
      threadId,
      status,
      prompt,
      message,
    }) => html`<li><code>${threadId}</code> <span class="badge">${status}</span>${prompt !== undefined && html`<p class="text">${prompt}</p>`}${message !== undefined && html`<p class="text">${message}</p>`}</li>
`,
  )}</ul>`;
}

function renderTurn(turn: ReportTurn, number: number, context: ItemContext): SafeHtml {
  const { status, error, duration, usage, items, attempt } = turn;
  const title = status === 'outside' ? 'Outside of turns' : `Turn ${number + 1}`;
  return html`<section class="turn"><h2>${title} ${status !== 'outside' && html`<span class="badge ${status}">${status.replace('_', ' ')}</span>`}${attempt > 0 && html` <span class="badge">attempt ${attempt}</span>`}
<span class="meta">${duration !== undefined && duration > 0 && html`${formatDuration(duration)} `}${usage !== undefined && html`${formatNumber(usage.input_tokens)} → ${formatNumber(usage.output_tokens)} tokens`}</span></h2>
${error !== undefined && html`<p class="error">${error.message}</p>`}
${items.map((item) => renderItem(item, context))}</section>
`;
}

function renderEvents({ events, eventCount }: RunReport): SafeHtml {
  if (events.length === 0) return html``;
  const omitted = eventCount - events.length;
  return html`<section class="raw"><h2>Raw events</h2><details><summary>${counted(eventCount, 'event')}</summary>
<pre>${events.map(
    ({ json }) => html`${escapeContent(json)}
`,
  )}${omitted > 0 && `… ${formatNumber(omitted)} more events are left out.`}</pre></details></section>`;
}
