/** Escape sequences of a terminal, also unfinished ones: control sequences, strings such as titles, single escapes. */
const ESCAPES =
  // eslint-disable-next-line no-control-regex -- removing them is the purpose
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\n\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
const BIDIRECTIONAL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Cleans untrusted text (of a model or a command) for a terminal: removes escape sequences, control characters except
 * line feeds, and marks that change the direction of text. Keeps the final state of a line that overwrites itself, such
 * as a progress bar.
 */
export function clean(text: string): string {
  return finalLines(removeSequences(text))
    .replaceAll('\t', '    ')
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(BIDIRECTIONAL, '');
}

/** Removes escape sequences, except those that `kept` matches as a whole. */
export function removeSequences(text: string, kept?: RegExp): string {
  return text.replace(ESCAPES, (sequence) => (kept?.test(sequence) === true ? sequence : ''));
}

/** Keeps the final state of lines that overwrite themselves, such as a progress bar. */
export function finalLines(text: string): string {
  return text.includes('\r') ? text.split('\n').map(finalState).join('\n') : text;
}

function finalState(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end--;
  return line.slice(line.lastIndexOf('\r', end - 1) + 1, end);
}

/** The lines of a text, without blank ones at its ends. */
export function toLines(text: string): readonly string[] {
  const lines = clean(text).trimEnd().split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  return first > 0 ? lines.slice(first) : lines;
}

const segmenter = new Intl.Segmenter();
const wide =
  /^(?:\p{Emoji_Presentation}|.\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Columns that a text takes on a terminal. */
export function width(text: string): number {
  const visible = text.replace(ESCAPES, '');
  if (/^[\x20-\x7e]*$/.test(visible)) return visible.length;
  return symbols(visible).reduce((columns, symbol) => columns + symbolWidth(symbol), 0);
}

/** Cuts a text to at most `columns` columns and marks the cut with `…`. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let taken = '';
  let left = columns - 1;
  for (const { segment } of segmenter.segment(text)) {
    left -= symbolWidth(segment);
    if (left < 0) break;
    taken += segment;
  }
  return `${taken}…`;
}

/** Cuts the start of a text, so that its end takes at most `columns` columns, and marks the cut with `…`. */
export function cutStart(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  const taken: string[] = [];
  let left = columns - 1;
  for (const symbol of [...symbols(text)].reverse()) {
    left -= symbolWidth(symbol);
    if (left < 0) break;
    taken.unshift(symbol);
  }
  return `…${taken.join('')}`;
}

/** A line broken between words, and inside of those that are longer than a line. Keeps its indentation. */
export function wrap(line: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  let used = 0;
  const breakLine = (): void => {
    if (current !== '') lines.push(current);
    current = '';
    used = 0;
  };
  for (const word of words(line)) {
    const wordWidth = width(word);
    if (used + wordWidth <= columns) {
      current += word;
      used += wordWidth;
      continue;
    }
    const rest = current === '' ? word : word.trimStart();
    breakLine();
    for (const symbol of symbols(rest)) {
      if (used + symbolWidth(symbol) > columns) breakLine();
      current += symbol;
      used += symbolWidth(symbol);
    }
  }
  return current === '' && lines.length > 0 ? lines : [...lines, current];
}

/** The words of a line, each with the blanks before it. */
function words(line: string): readonly string[] {
  return line.trimEnd().split(/(?<=\S)(?=\s)/);
}

/** The first and the last of many lines, and how many stand between. */
export function excerpt(lines: readonly string[], limit: number): readonly string[] {
  if (lines.length <= limit) return lines;
  const head = Math.floor((limit - 1) / 3);
  const tail = limit - 1 - head;
  const between = lines.length - head - tail;
  return [...lines.slice(0, head), `… ${String(between)} more lines`, ...lines.slice(lines.length - tail)];
}

function symbols(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function symbolWidth(symbol: string): number {
  return wide.test(symbol) ? 2 : invisible.test(symbol) ? 0 : 1;
}
