import { stripVTControlCharacters } from 'node:util';
import type { Style } from '../../src/view/style.js';

export const plain: Style = { columns: 80, rows: 24, isPlain: true };
export const coloured: Style = { columns: 80, rows: 24, isPlain: false };

/** What is read on a terminal. */
export function bare(lines: readonly string[]): readonly string[] {
  return lines.map(stripVTControlCharacters);
}
