import { createHash } from 'node:crypto';
import { cutText } from '../../text/cut-text.js';
import { formatDuration, formatNumber, formatTime } from '../../text/numbers.js';
import { KINDS } from '../describe-item.js';
import type { RunReport } from '../run-report.js';
import { summarize } from '../summary.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';
import { renderRun, titleOf } from './render-run.js';
import { html, type SafeHtml, trusted } from './safe-html.js';

/** Renders runs as one page that needs no other file. Several runs have an index at its start. */
export function renderPage(runs: readonly RunReport[]): string {
  const [first] = runs;
  const title = runs.length === 1 && first !== undefined ? titleOf(first) : `${runs.length} runs`;
  // No script, style or request but those of the page itself.
  const policy = `default-src 'none'; script-src '${digest(PAGE_SCRIPT)}'; style-src '${digest(PAGE_STYLE)}'; base-uri 'none'; form-action 'none'`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="codex-rx">
<title>${cutText(title, 60)}</title>
<style>${trusted(PAGE_STYLE)}</style>
</head>
<body>
${TOOLBAR}
<main>
${runs.length > 1 && renderIndex(runs)}
${runs.map((run, index) => renderRun(run, `r${index + 1}-`))}
</main>
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>
`.text;
}

const TOOLBAR: SafeHtml = html`<div class="toolbar" role="search" hidden>
<input type="search" id="search" placeholder="Search ( / )" aria-label="Search the items">
<span id="found" role="status"></span>
<label><input type="checkbox" id="failed"> failed only</label>
<details class="menu"><summary>Kinds</summary><div>${KINDS.map(
  (kind) => html`<label><input type="checkbox" data-filter="${kind}" checked> ${kind}</label>
`,
)}</div></details>
<button type="button" id="expand">Expand all</button>
<button type="button" id="theme">Theme</button>
<details class="menu"><summary>Keys</summary><div><p><kbd>/</kbd> search</p><p><kbd>j</kbd> <kbd>k</kbd> next and previous item</p><p><kbd>f</kbd> failed only</p><p><kbd>e</kbd> expand or fold all</p><p><kbd>t</kbd> theme</p><p><kbd>Esc</kbd> clear the search</p></div></details>
</div>`;

function renderIndex(runs: readonly RunReport[]): SafeHtml {
  return html`<nav class="index" aria-label="Runs"><h1>${runs.length} runs</h1><div class="scroll"><table><thead><tr><th>Run</th><th>Status</th><th>Started</th><th>Duration</th><th>Turns</th><th>Commands</th><th>Tokens</th></tr></thead><tbody>
${runs.map((run, index) => {
  const { turns, commands, failedCommands } = summarize(run);
  return html`<tr><td><a href="#r${index + 1}-run">${titleOf(run)}</a></td><td><span class="badge ${run.status}">${run.status.replace('_', ' ')}</span></td><td>${run.startedAt !== undefined && formatTime(run.startedAt)}</td><td>${run.duration !== undefined && formatDuration(run.duration)}</td><td>${turns}</td><td>${commands}${failedCommands > 0 && ` (${failedCommands} failed)`}</td><td>${run.usage !== undefined && formatNumber(run.usage.input_tokens + run.usage.output_tokens)}</td></tr>
`;
})}</tbody></table></div></nav>`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
