import type { FileUpdateChange, ThreadItem } from '@codex-rx/core/events';
import { cutText } from '../../text/cut-text.js';
import { formatDuration } from '../../text/numbers.js';
import { describeItem } from '../describe-item.js';
import type { ReportItem } from '../run-report.js';
import { renderAnsi } from './ansi.js';
import { renderDiff } from './diff.js';
import { listed } from './listed.js';
import { renderMarkdown } from './markdown.js';
import { html, type SafeHtml } from './safe-html.js';

/** Longer outputs are folded. */
const MAX_OPEN_LINES = 15;
/** The texts of a value are bounded, their number is not. */
const MAX_VALUE_CHARS = 64 * 1024;

/** The surroundings of an item. */
export interface ItemContext {
  /** The start of the ids of this run, which is unique in the page. */
  readonly prefix: string;
  /** When the run started, in ms since 1970. */
  readonly origin: number | undefined;
}

/** Renders an item with its heading. */
export function renderItem(one: ReportItem, { prefix, origin }: ItemContext): SafeHtml {
  const { kind, label, title, outcome } = describeItem(one);
  const id = `${prefix}i${one.index}`;
  const offset = origin !== undefined && one.startedAt !== undefined ? one.startedAt - origin : undefined;
  return html`<article class="item k-${kind} o-${outcome}" id="${id}" data-kind="${kind}" tabindex="-1">
<header><span class="label">${label}</span>${title !== '' && html` <code class="title">${title}</code>`}
<span class="meta">${outcome !== 'ok' && html`<span class="badge ${outcome}">${outcome}</span> `}${
    one.isOfAgent && html`<span class="badge">sub-agent</span> `
  }${one.duration !== undefined && one.duration > 0 && html`<span title="duration">${formatDuration(one.duration)}</span> `}${
    offset !== undefined && html`<span title="time since the start of the run">+${formatDuration(offset)}</span> `
  }<a class="anchor" href="#${id}" aria-label="Link to this item">#</a></span></header>
${renderBody(one.item, outcome === 'failed')}</article>
`;
}

function renderBody(item: ThreadItem, isFailed: boolean): SafeHtml {
  const pre = (value: unknown): SafeHtml => html`<pre>${toText(value)}</pre>`;
  switch (item.type) {
    case 'agent_message':
    case 'user_message':
    case 'reasoning':
    case 'plan':
      return renderMarkdown(item.text);
    case 'command_execution':
      return html`${commandFacts(item)}${renderOutput(item.aggregated_output, isFailed)}`;
    case 'file_change':
      return listed(item.changes, renderChange, (more) => html`<p class="facts">${more}</p>`);
    case 'mcp_tool_call':
      return html`${item.arguments !== undefined && labelled('Arguments', pre(item.arguments))}${
        item.result !== undefined && item.result !== null && labelled('Result', pre(resultOf(item.result)))
      }${item.error !== undefined && item.error !== null && labelled('Error', pre(item.error.message))}`;
    case 'collab_tool_call':
      return html`${typeof item.prompt === 'string' && labelled('Prompt', renderMarkdown(item.prompt))}<ul>${listed(
        Object.entries(item.agents_states),
        ([id, { status, message }]) => html`<li><code>${id}</code>: ${status}${message ? ` – ${message}` : ''}</li>`,
      )}</ul>`;
    case 'todo_list':
      return renderTodos(item.items);
    case 'error':
      return html`<p class="text">${item.message}</p>`;
    case 'web_search':
      return listed(
        item.action?.queries?.filter((query) => query !== item.query) ?? [],
        (query) => html`<p class="text">${query}</p>`,
        (more) => html`<p class="facts">${more}</p>`,
      );
    case 'unknown':
      return pre(item.raw);
    default:
      return html``;
  }
}

/** Renders a to-do list. */
export function renderTodos(items: readonly { readonly text: string; readonly completed: boolean }[]): SafeHtml {
  return html`<ul class="todos">${listed(
    items,
    ({ text, completed }) =>
      html`<li class="${completed ? 'done' : 'open'}"><span>${completed ? '✓' : '○'}</span> ${text}</li>`,
  )}</ul>`;
}

function commandFacts({ exit_code, cwd }: Extract<ThreadItem, { type: 'command_execution' }>): SafeHtml {
  const facts = [
    ...(typeof exit_code === 'number' ? [`exit code ${exit_code}`] : []),
    ...(cwd === undefined ? [] : [`in ${cwd}`]),
  ];
  return html`${facts.length > 0 && html`<p class="facts">${facts.join(' · ')}</p>`}`;
}

function renderOutput(output: string, isFailed: boolean): SafeHtml {
  if (output.trim() === '') return html``;
  const lines = output.split('\n').length;
  const isOpen = isFailed || lines <= MAX_OPEN_LINES;
  return html`<details class="output"${isOpen && html` open`}><summary>Output, ${lines} lines</summary><pre>${renderAnsi(output)}</pre></details>`;
}

function renderChange({ path, kind, diff, move_path }: FileUpdateChange): SafeHtml {
  const name = html`<span class="badge">${kind}</span> <code>${path}</code>${typeof move_path === 'string' && html` → <code>${move_path}</code>`}`;
  if (diff === undefined || diff === '') return html`<p>${name}</p>`;
  const isOpen = diff.split('\n').length <= 3 * MAX_OPEN_LINES;
  return html`<details class="output"${isOpen && html` open`}><summary>${name}</summary>${renderDiff(diff, kind)}</details>`;
}

function labelled(label: string, content: SafeHtml): SafeHtml {
  return html`<div class="part"><span class="facts">${label}</span>${content}</div>`;
}

/** The text of an MCP result, if it has nothing else. */
function resultOf(result: { readonly content: readonly unknown[]; readonly structured_content?: unknown }): unknown {
  const texts = result.content.map((block) =>
    typeof block === 'object' && block !== null && 'text' in block && typeof block.text === 'string'
      ? block.text
      : undefined,
  );
  return texts.every((text) => text !== undefined) && texts.length > 0 ? texts.join('\n') : result;
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : cutText(JSON.stringify(value ?? null, undefined, 2), MAX_VALUE_CHARS);
}
