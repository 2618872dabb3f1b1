import type { RawLine } from '@codex-rx/core/events';

/** The line as it goes to a log. */
export function lineText(line: RawLine): string {
  return `${typeof line === 'string' ? line : line.text}\n`;
}
