import { stripVTControlCharacters } from 'node:util';
import type { Style } from '../../src/terminal/view/style.js';

export const plain: Style = { columns: 80, rows: 24, isPlain: true };
export const coloured: Style = { columns: 80, rows: 24, isPlain: false };

/** The text as a terminal shows it. */
export function bare(lines: readonly string[]): readonly string[] {
  return lines.map(stripVTControlCharacters);
}
