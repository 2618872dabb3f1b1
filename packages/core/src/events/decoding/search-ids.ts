const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** Returns the index after the string that starts at `start`. */
function endOfString(line: string, start: number): number {
  let end = line.indexOf('"', start + 1);
  while (end !== -1) {
    let backslashes = 0;
    while (line.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end + 1;
    end = line.indexOf('"', end + 1);
  }
  return line.length;
}

function isKey(line: string, end: number): boolean {
  let next = end;
  while (line.charCodeAt(next) <= 0x20) next++;
  return line.charCodeAt(next) === COLON;
}

/** Returns 1 for an opening bracket, -1 for a closing one. */
function nesting(code: number): number {
  switch (code) {
    case 0x7b:
    case 0x5b:
      return 1;
    case 0x7d:
    case 0x5d:
      return -1;
    default:
      return 0;
  }
}

/**
 * Returns the values of all keys `id` directly inside the top-level `item`, in the order of the line.
 *
 * `JSON.parse` keeps only the last one, and the CLI (≥ 0.98) writes two for web searches.
 *
 * @param line must be valid JSON
 */
export function itemIdsIn(line: string): readonly string[] {
  const ids: string[] = [];
  let depth = 0;
  let inItem = false;
  let key = '';
  let i = 0;
  while (i < line.length) {
    const code = line.charCodeAt(i);
    if (code !== QUOTE) {
      depth += nesting(code);
      i++;
      continue;
    }
    const end = endOfString(line, i);
    if (depth <= 2) {
      if (isKey(line, end)) {
        key = line.slice(i + 1, end - 1);
        if (depth === 1) inItem = key === 'item';
      } else if (inItem && depth === 2 && key === 'id') {
        ids.push(JSON.parse(line.slice(i, end)) as string);
      }
    }
    i = end;
  }
  return ids;
}

/** Returns which id belongs to the item (`item_N`) and which to the search. */
export function searchIds(ids: readonly string[]): { readonly id: string; readonly searchId: string } | undefined {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const swapped = /^item_\d+$/.test(last) && !/^item_\d+$/.test(first);
  return swapped ? { id: last, searchId: first } : { id: first, searchId: last };
}
