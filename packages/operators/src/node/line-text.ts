import type { RawLine } from '@codex-rx/core/events';

/** Returns the text of a line for a log. */
export function lineText(line: RawLine): string {
  const text: unknown = typeof line === 'string' ? line : line.text;
  if (typeof text !== 'string') throw new TypeError(`A line must be a string or have a text, got ${typeof line}.`);
  return `${text}\n`;
}
