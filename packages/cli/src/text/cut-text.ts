import { formatNumber } from './numbers.js';

/** Shorter texts have no room for a note. */
const MIN_NOTED_CHARS = 512;

/**
 * Returns a text of at most `limit` characters and a note: cuts the middle of a longer one. A text of a few words ends
 * with `…` instead. Does not cut a character in two.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit < MIN_NOTED_CHARS) return `${text.slice(0, boundary(text, limit - 1))}…`;
  const head = boundary(text, Math.floor(limit / 2));
  const tail = boundary(text, text.length - Math.floor(limit / 2) + 1);
  return `${text.slice(0, head)}\n[… ${formatNumber(tail - head)} characters left out …]\n${text.slice(tail)}`;
}

/** Returns the last position up to `at` that is not between the halves of a character. */
function boundary(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000 ? at - 1 : at;
}
