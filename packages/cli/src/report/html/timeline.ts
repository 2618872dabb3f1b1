import { cutText } from '../../text/cut-text.js';
import { counted, formatDuration } from '../../text/numbers.js';
import { describeItem, type Kind } from '../describe-item.js';
import type { ReportItem, RunReport } from '../run-report.js';
import { html, type SafeHtml } from './safe-html.js';

const WIDTH = 720;
const LABELS = 70;
const LANE = 22;
const MAX_MARKS = 2000;
const LANES: readonly (readonly [name: string, kinds: readonly Kind[]])[] = [
  ['Codex', ['message', 'reasoning']],
  ['Commands', ['command']],
  ['Files', ['patch']],
  ['Tools', ['tool', 'search']],
  ['Agents', ['agent']],
  ['Notices', ['notice']],
];

/** Renders the items of a run over time, a lane for each kind. Nothing if the times are not known. */
export function renderTimeline({ turns, startedAt, duration }: RunReport, prefix: string): SafeHtml {
  if (startedAt === undefined || duration === undefined || duration === 0) return html``;
  const timed = turns
    .flatMap(({ items }) => items)
    .flatMap((item) => {
      const { kind } = describeItem(item);
      const isShown = item.startedAt !== undefined && LANES.some(([, kinds]) => kinds.includes(kind));
      return isShown ? [{ item, kind }] : [];
    });
  // The longest ones if there are too many.
  const shown = [...timed].sort((a, b) => (b.item.duration ?? 0) - (a.item.duration ?? 0)).slice(0, MAX_MARKS);
  const lanes = LANES.map(([name, kinds]) => ({
    name,
    items: shown.filter(({ kind }) => kinds.includes(kind)).map(({ item }) => item),
  }));
  const used = lanes.filter(({ items }) => items.length > 0);
  const height = used.length * LANE;
  const scale = (time: number): number => LABELS + ((time - startedAt) / duration) * (WIDTH - LABELS - 4);
  return html`<figure><div class="scroll"><svg viewBox="0 0 ${WIDTH} ${height + 18}" role="img" aria-label="Timeline of the run" class="chart">
${turns.map((turn) => turn.startedAt !== undefined && html`<line class="axis" x1="${round(scale(turn.startedAt))}" y1="0" x2="${round(scale(turn.startedAt))}" y2="${height}"/>`)}
${used.map(
  (
    { name, items },
    lane,
  ) => html`<text x="0" y="${lane * LANE + 15}" class="lane">${name}</text>${items.map((item) => renderMark(item, lane, scale, prefix))}
`,
)}<text x="${LABELS}" y="${height + 14}" class="tick start">0 s</text><text x="${WIDTH}" y="${height + 14}" class="tick end">${formatDuration(duration)}</text></svg></div>
<figcaption>${timed.length > shown.length ? `The ${shown.length} longest of ${timed.length} items.` : `${counted(timed.length, 'item')} over time; lines are the starts of turns.`}</figcaption></figure>`;
}

function renderMark(item: ReportItem, lane: number, scale: (time: number) => number, prefix: string): SafeHtml {
  const { kind, label, title, outcome } = describeItem(item);
  const start = item.startedAt ?? 0;
  const x = scale(start);
  const width = Math.max(3, scale(start + (item.duration ?? 0)) - x);
  const text = `${label} ${cutText(title, 120)}${item.duration !== undefined ? `, ${formatDuration(item.duration)}` : ''}`;
  return html`<a href="#${prefix}i${item.index}"><rect class="m-${kind} o-${outcome}" x="${round(Math.min(x, WIDTH - width))}" y="${lane * LANE + 4}" width="${round(width)}" height="${LANE - 8}" rx="2"/><title>${text}</title></a>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
