const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Index after the string that begins at `start`. */
function endOfString(line: string, start: number): number {
  for (let i = start + 1; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === BACKSLASH) i++;
    else if (code === QUOTE) return i + 1;
  }
  return line.length;
}

/**
 * The texts of all keys `id` directly inside the top level's `item`, in the order of the line. `JSON.parse` keeps only the last one; the
 * CLI (≥ 0.98) writes two for web searches. `line` is valid JSON.
 */
export function itemIdsIn(line: string): readonly string[] {
  const ids: string[] = [];
  let depth = 0;
  let inItem = false;
  let key = '';
  for (let i = 0; i < line.length; ) {
    const char = line[i];
    if (char === '"') {
      const end = endOfString(line, i);
      let next = end;
      while (line.charCodeAt(next) <= 0x20) next++;
      if (line[next] === ':') {
        key = line.slice(i + 1, end - 1);
        if (depth === 1) inItem = key === 'item';
      } else if (inItem && depth === 2 && key === 'id') {
        ids.push(JSON.parse(line.slice(i, end)) as string);
        key = '';
      }
      i = end;
      continue;
    }
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    i++;
  }
  return ids;
}

/** Which of the ids is the item's (`item_N`) and which the search's. */
export function searchIds(ids: readonly string[]): { readonly id: string; readonly searchId: string } | undefined {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const swapped = /^item_\d+$/.test(last) && !/^item_\d+$/.test(first);
  return swapped ? { id: last, searchId: first } : { id: first, searchId: last };
}
