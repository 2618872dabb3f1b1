import { type Colour, pageWidth, paint, type Style } from '../../terminal/view/style.js';
import { clean, wrap } from '../../text/terminal-text.js';
import type { Check } from './checks.js';

const MARKS: Readonly<
  Record<Check['state'], { readonly icon: string; readonly word: string; readonly colour: Colour }>
> = {
  ok: { icon: '✔', word: 'ok', colour: 'green' },
  note: { icon: '!', word: 'note', colour: 'magenta' },
  problem: { icon: '✘', word: 'problem', colour: 'red' },
};
const WORD_COLUMNS = 7;

/** Checks as lines of text. Pure. */
export function checkLines(checks: readonly Check[], style: Style): readonly string[] {
  const nameColumns = Math.max(0, ...checks.map(({ name }) => name.length));
  return checks.flatMap(({ name, state, text }) => {
    const { icon, word, colour } = MARKS[state];
    const mark = style.isPlain ? word.padEnd(WORD_COLUMNS) : paint(style, icon, colour, 'bold');
    const indent = 2 + (style.isPlain ? WORD_COLUMNS : 1) + 2 + nameColumns + 2;
    // In plain lines, paths and commands stay whole.
    const room = style.isPlain ? Number.MAX_SAFE_INTEGER : Math.max(20, pageWidth(style) - indent);
    const lines = clean(text)
      .split('\n')
      .flatMap((line) => wrap(line, room));
    const [first = '', ...rest] = lines;
    return [
      `  ${mark}  ${paint(style, name.padEnd(nameColumns), 'dim')}  ${first}`,
      ...rest.map((line) => `${' '.repeat(indent)}${line}`),
    ];
  });
}
