import { stripVTControlCharacters } from 'node:util';

/**
 * Cleans untrusted text (of a model or a command) for a terminal: removes escape sequences and control characters
 * except line feeds. Keeps the final state of a line that overwrites itself, such as a progress bar.
 */
export function clean(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r+(?=\n|$)/g, '')
    .replace(/[^\n]*\r/g, '')
    .replaceAll('\t', '    ')
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

/** The lines of a text, without blank ones at its ends. */
export function toLines(text: string): readonly string[] {
  return clean(text)
    .replace(/^(?:[^\S\n]*\n)+|\s+$/g, '')
    .split('\n');
}

const segmenter = new Intl.Segmenter();
const wide =
  /^(?:\p{Emoji_Presentation}|.\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Columns that a text takes on a terminal. */
export function width(text: string): number {
  const visible = stripVTControlCharacters(text);
  if (/^[\x20-\x7e]*$/.test(visible)) return visible.length;
  return symbols(visible).reduce((columns, symbol) => columns + symbolWidth(symbol), 0);
}

/** Cuts a text to at most `columns` columns and marks the cut with `…`. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let taken = '';
  let left = columns - 1;
  for (const symbol of symbols(text)) {
    left -= symbolWidth(symbol);
    if (left < 0) break;
    taken += symbol;
  }
  return `${taken}…`;
}

/** A line broken between words, and inside of those that are longer than a line. Keeps its indentation. */
export function wrap(line: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.match(/^\s*\S+|\s+\S+/g) ?? []) {
    if (width(current + word) <= columns) {
      current += word;
      continue;
    }
    if (current !== '') lines.push(current);
    current = current === '' ? word : word.trimStart();
    while (width(current) > columns) {
      const head = fitting(current, columns);
      lines.push(head);
      current = current.slice(head.length);
    }
  }
  return current === '' && lines.length > 0 ? lines : [...lines, current];
}

/** The first and the last of many lines, and how many stand between. */
export function excerpt(lines: readonly string[], limit: number): readonly string[] {
  if (lines.length <= limit) return lines;
  const head = Math.floor((limit - 1) / 3);
  const tail = limit - 1 - head;
  const between = lines.length - head - tail;
  return [...lines.slice(0, head), `… ${String(between)} more lines`, ...lines.slice(lines.length - tail)];
}

function fitting(text: string, columns: number): string {
  const all = symbols(text);
  let taken = all[0] ?? '';
  for (const symbol of all.slice(1)) {
    if (width(taken + symbol) > columns) break;
    taken += symbol;
  }
  return taken;
}

function symbols(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function symbolWidth(symbol: string): number {
  return wide.test(symbol) ? 2 : invisible.test(symbol) ? 0 : 1;
}
