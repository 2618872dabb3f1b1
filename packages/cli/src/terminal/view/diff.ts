import { clean, cut } from '../../text/terminal-text.js';
import { pageWidth, paint, type Style } from './style.js';

/** A unified diff, cut to `limit` lines. Pure. */
export function diffLines(diff: string, limit: number, style: Style): readonly string[] {
  const lines = clean(diff)
    .trimEnd()
    .split('\n')
    // A file is named by the line before its hunks.
    .filter((line) => !/^(?:diff |index |--- |new file mode |deleted file mode |similarity index )/.test(line));
  const room = pageWidth(style) - 4;
  const shown = lines
    .slice(0, lines.length > limit ? limit - 1 : limit)
    .map((line) => paintLine(cut(line, room), style));
  const left = lines.length - shown.length;
  const rest = left === 0 ? [] : [paint(style, `… ${String(left)} more lines`, 'dim')];
  return [...shown, ...rest].map((line) => `  ${line}`.trimEnd());
}

function paintLine(line: string, style: Style): string {
  if (line.startsWith('+++ ')) return paint(style, line.replace(/^\+\+\+ (?:b\/)?/, ''), 'bold');
  if (line.startsWith('@@')) return paint(style, line, 'cyan');
  if (line.startsWith('+')) return paint(style, line, 'green');
  return line.startsWith('-') ? paint(style, line, 'red') : line;
}
