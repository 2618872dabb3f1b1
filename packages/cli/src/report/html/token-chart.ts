import type { Usage } from '@codex-rx/core/events';
import { formatNumber } from '../../text/numbers.js';
import type { RunReport } from '../run-report.js';
import { html, type SafeHtml } from './safe-html.js';

const WIDTH = 720;
const HEIGHT = 160;
const AXIS = 20;
const MAX_BARS = 240;

interface Bar {
  readonly label: string;
  readonly usage: Usage;
}

/** Renders the tokens of each turn as a bar chart and a table. Nothing if no turn has reported any. */
export function renderTokenChart({ turns }: RunReport): SafeHtml {
  const bars = turns
    .filter(({ status }) => status !== 'outside')
    .flatMap(({ usage }, index): readonly Bar[] =>
      usage === undefined ? [] : [{ label: `Turn ${index + 1}`, usage }],
    );
  if (bars.length === 0) return html``;
  const shown = bars.slice(-MAX_BARS);
  const most = Math.max(1, ...shown.map(({ usage }) => usage.input_tokens + usage.output_tokens));
  const step = WIDTH / Math.max(shown.length, 8);
  return html`<figure><div class="scroll"><svg viewBox="0 0 ${WIDTH} ${HEIGHT + AXIS}" role="img" aria-label="Tokens of each turn" class="chart">
<line x1="0" y1="${HEIGHT}" x2="${WIDTH}" y2="${HEIGHT}" class="axis"/>
${shown.map((bar, index) => renderBar(bar, index * step, step, most))}</svg></div>
<figcaption><span class="key c-fresh"></span> input <span class="key c-cached"></span> cached input <span class="key c-output"></span> output · highest: ${formatNumber(most)} tokens${
    bars.length > shown.length && ` · the last ${shown.length} of ${bars.length} turns`
  }</figcaption></figure>
<details><summary>As a table</summary><div class="scroll"><table><thead><tr><th>Turn</th><th>Input</th><th>Cached</th><th>Output</th><th>Reasoning</th></tr></thead><tbody>
${bars.map(
  ({
    label,
    usage,
  }) => html`<tr><td>${label}</td><td>${formatNumber(usage.input_tokens)}</td><td>${formatNumber(usage.cached_input_tokens)}</td><td>${formatNumber(usage.output_tokens)}</td><td>${formatNumber(usage.reasoning_output_tokens ?? 0)}</td></tr>
`,
)}</tbody></table></div></details>`;
}

function renderBar({ label, usage }: Bar, x: number, step: number, most: number): SafeHtml {
  const cached = Math.min(usage.cached_input_tokens, usage.input_tokens);
  const parts = [
    ['c-cached', cached],
    ['c-fresh', usage.input_tokens - cached],
    ['c-output', usage.output_tokens],
  ] as const;
  let y = HEIGHT;
  const rectangles = parts.map(([name, tokens]) => {
    const height = Math.max(0, (tokens / most) * (HEIGHT - 10));
    y -= height;
    return html`<rect class="${name}" x="${round(x + step * 0.15)}" y="${round(y)}" width="${round(step * 0.7)}" height="${round(height)}"/>`;
  });
  const text = `${label}: ${formatNumber(usage.input_tokens)} input (${formatNumber(cached)} cached), ${formatNumber(usage.output_tokens)} output`;
  const number =
    step >= 24 && html`<text x="${round(x + step / 2)}" y="${HEIGHT + 14}" class="tick">${label.slice(5)}</text>`;
  return html`<g><title>${text}</title>${rectangles}${number}</g>
`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
