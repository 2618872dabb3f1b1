import type { RawLine } from '@codex-rx/core/events';

/** The line as it goes to a log. */
export function lineText(line: RawLine): string {
  const text: unknown = typeof line === 'string' ? line : line.text;
  if (typeof text !== 'string') throw new TypeError(`A line is a string, or has a text: this ${typeof line} has none.`);
  return `${text}\n`;
}
