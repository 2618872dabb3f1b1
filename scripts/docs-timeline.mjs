// Draws the timeline of a recorded run as docs/timeline.svg, as `npm start -- --sample` shows it in a terminal.
//   npm run docs:timeline [-- NAME]     another fixture
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { emptySnapshot, reduceSnapshot } from '@codex-rx/operators';
import { loadFixture } from '@codex-rx/testing';
import { loadSource } from './lib/load-source.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const name = process.argv[2] ?? '0.171.0/everything';
const COLUMNS = 88;
const CHARACTER = 8.4;
const LINE = 19;
const MARGIN = 20;
const TITLE_BAR = 34;
/** The colours of the terminal's palette by SGR code. */
const COLOURS = { 31: '#ff7b72', 32: '#7ee787', 34: '#79c0ff', 35: '#d2a8ff', 36: '#76e3ea' };

const lines = await timeline();
const target = join(root, 'docs', 'timeline.svg');
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, svg(lines));
process.stdout.write(`${target}: ${lines.length} lines\n`);

/** Lines with the escape sequences of their colours. */
async function timeline() {
  const { nextMoment, timelineLines } = await loadSource('packages/cli/src/terminal/index.ts');
  const style = { columns: COLUMNS, rows: 60, isPlain: false };
  const { events, arrivals } = loadFixture(name);
  const shown = [];
  let moment;
  let snapshot = emptySnapshot;
  events.forEach((event, i) => {
    snapshot = reduceSnapshot(snapshot, event);
    moment = nextMoment(moment, event, snapshot, arrivals[i] ?? 0);
    const isNotice = event.type === 'error' || (event.type === 'item.completed' && event.item.type === 'error');
    if (!isNotice) shown.push(...timelineLines(moment, '/home/user/project', style));
  });
  return shown;
}

function svg(lines) {
  const width = Math.round(COLUMNS * CHARACTER + 2 * MARGIN);
  const height = TITLE_BAR + lines.length * LINE + MARGIN;
  const texts = lines.map((line, i) => {
    const y = TITLE_BAR + (i + 1) * LINE;
    return `<text x="${MARGIN}" y="${y}" xml:space="preserve">${spans(line)}</text>`;
  });
  const buttons = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, i) => `<circle cx="${MARGIN + 4 + i * 18}" cy="17" r="5.5" fill="${fill}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"`,
    `  font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3">`,
    '<title>The timeline of a recorded run in a terminal</title>',
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
    ...buttons,
    ...texts,
    '</svg>',
    '',
  ].join('\n');
}

/** Converts SGR sequences to `tspan` elements. */
function spans(line) {
  let colour;
  let isBold = false;
  let isDim = false;
  return (
    line
      // eslint-disable-next-line no-control-regex -- the escape sequences of colours
      .split(/\u001b\[(\d+)m/)
      .map((part, i) => {
        if (i % 2 === 0) {
          const attributes = [
            colour === undefined ? '' : ` fill="${colour}"`,
            isBold ? ' font-weight="bold"' : '',
            isDim ? ' opacity="0.6"' : '',
          ].join('');
          const text = part.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
          if (text === '') return '';
          return attributes === '' ? text : `<tspan${attributes}>${text}</tspan>`;
        }
        const code = Number(part);
        if (code === 1) isBold = true;
        else if (code === 2) isDim = true;
        else if (code === 22) isBold = isDim = false;
        else colour = COLOURS[code];
        return '';
      })
      .join('')
  );
}
