/** Joins the strings of an iterable: `push` returns the text that is complete, `end` the rest. */
export interface TextChunks {
  push(text: string): string;
  end(): string;
}

/**
 * Creates a joiner for strings that are either text in any chunking, or lines without their `\n`, as `readline` emits
 * them. The first string decides: a whole JSON object without a `\n` is a line. If it was a chunk, the next string
 * starts with the missing `\n`, so that a wrong guess loses nothing.
 */
export function createTextChunks(): TextChunks {
  let mode: 'unknown' | 'first line' | 'lines' | 'text' = 'unknown';
  let half = '';

  /** Half a surrogate pair at the end of a chunk waits for its other half. */
  const chunk = (text: string): string => {
    const all = half + text;
    const last = all.charCodeAt(all.length - 1);
    half = last >= 0xd800 && last < 0xdc00 ? all.slice(-1) : '';
    return half === '' ? all : all.slice(0, -1);
  };

  return {
    push(text) {
      if (mode === 'unknown' && text !== '') mode = isObject(text) ? 'first line' : 'text';
      else if (mode === 'first line') {
        if (/^[ \t\r]*\n/.test(text)) mode = 'text';
        else if (!/^[ \t\r]+$/.test(text)) mode = 'lines';
      }
      return mode === 'lines' ? `\n${text}` : chunk(text);
    },
    end: () => half,
  };
}

function isObject(text: string): boolean {
  if (text.includes('\n') || !text.trimStart().startsWith('{')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
