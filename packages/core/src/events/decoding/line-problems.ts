import type { ProblemLine } from '../raw-line.js';

/** The message for a line that could not be read in full. */
export const LINE_PROBLEMS: Readonly<Record<ProblemLine['problem'], string>> = {
  oversize: 'the line is longer than maxLineBytes; raise it to read such lines',
  invalid_utf8: 'the line is not valid UTF-8',
};

/** Unicode white space. Unlike `trim()` it includes U+0085 and excludes U+FEFF. */
export const BLANK_LINE = /^\p{White_Space}*$/u;

/** Longer lines are cut in malformed events and records. */
export const MAX_REPORTED_CHARS = 64 * 1024;

/** Longer lines are cut in a `DecodeError`. */
export const MAX_EXCERPT_CHARS = 200;

/** Returns the start of a text, without half a surrogate pair at the end. */
export function truncate(text: string, length: number): string {
  if (text.length <= length) return text;
  const code = text.charCodeAt(length - 1);
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? length - 1 : length);
}
