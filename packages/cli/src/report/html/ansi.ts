import Anser, { type AnserJsonEntry } from 'anser';
import { finalLines, removeSequences } from '../../text/terminal-text.js';
import { escapeContent, type SafeHtml, trusted } from './safe-html.js';

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
type Rgb = readonly [red: number, green: number, blue: number];
/** The colors by which others are replaced, as xterm shows them: the page follows the theme of its reader. */
const COLORS: readonly Rgb[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
];
/** The sequences of colors. All others go: cursor movements, titles, links. */
// eslint-disable-next-line no-control-regex -- keeping them is the purpose
const COLOR = /^\u001b\[[\d;]*m$/;

/** Renders the output of a command: colors as classes, lines that overwrite themselves in their final state. */
export function renderAnsi(output: string): SafeHtml {
  const text = finalLines(removeSequences(output, COLOR));
  if (!text.includes('\u001b')) return escapeContent(text);
  const entries = Anser.ansiToJson(text, { json: true, use_classes: true, remove_empty: true });
  return trusted(entries.map(renderEntry).join(''));
}

function renderEntry({ content, fg, bg, fg_truecolor, bg_truecolor, decorations }: AnserJsonEntry): string {
  const classes = [
    ...colorClass('fg', fg, fg_truecolor),
    ...colorClass('bg', bg, bg_truecolor),
    ...decorations.filter((name) => name !== 'hidden' && name !== 'blink').map((name) => `a-${name}`),
  ];
  return classes.length === 0
    ? escapeContent(content).text
    : `<span class="${classes.join(' ')}">${escapeContent(content).text}</span>`;
}

function colorClass(kind: string, name: string | null, truecolor: string | null): readonly string[] {
  const color = colorNumber(name ?? '', truecolor ?? '');
  return color === undefined ? [] : [`a-${kind}-${color}`];
}

/** Returns the number of a color among the 16 of a terminal. */
function colorNumber(name: string, truecolor: string): number | undefined {
  const [, bright, named = ''] = /^ansi-(bright-)?([a-z]+)$/.exec(name) ?? [];
  if (NAMES.includes(named)) return NAMES.indexOf(named) + (bright === undefined ? 0 : 8);
  const palette = /^ansi-palette-(\d{1,3})$/.exec(name)?.[1];
  if (palette !== undefined) return nearest(paletteColor(Number(palette)));
  const rgb = /^(\d{1,3}), ?(\d{1,3}), ?(\d{1,3})$/.exec(truecolor);
  return rgb === null ? undefined : nearest([Number(rgb[1]), Number(rgb[2]), Number(rgb[3])]);
}

/** Color 16 to 231 is a cube, 232 to 255 are greys. */
function paletteColor(index: number): Rgb {
  if (index < 16) return COLORS[index] ?? [0, 0, 0];
  if (index >= 232) {
    const grey = (index - 232) * 10 + 8;
    return [grey, grey, grey];
  }
  const level = (value: number): number => (value === 0 ? 0 : value * 40 + 55);
  const cube = index - 16;
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
}

function nearest(rgb: Rgb): number {
  const distances = COLORS.map((color) =>
    color.reduce((sum, value, index) => sum + (value - (rgb[index] ?? 0)) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}
