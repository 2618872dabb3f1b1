/** An answer with more code fences is not a value. Each costs an attempt to parse it. */
const MAX_BLOCKS = 20;

/**
 * Finds the JSON value of an answer. Models without structured output wrap it in a code fence or in sentences.
 *
 * Takes linear time. Several values are ambiguous.
 *
 * @returns the text of the only value in a code fence, else of the only object or array; `undefined` if it is unclear
 */
export function findJson(text: string): string | undefined {
  const blocks = codeBlocks(text);
  if (blocks.length > MAX_BLOCKS) return undefined;
  const fenced = blocks.filter(isJson);
  if (fenced.length > 0) return fenced.length === 1 ? fenced[0] : undefined;
  return findValue(text, '{', '}') ?? findValue(text, '[', ']');
}

/** Returns the contents of the code fences. The last one may lack its end. */
function codeBlocks(text: string): string[] {
  const blocks: string[] = [];
  let block: string[] | undefined;
  for (const line of text.split('\n')) {
    if (line.trimStart().startsWith('```')) {
      if (block !== undefined) blocks.push(block.join('\n').trim());
      block = block === undefined ? [] : undefined;
    } else block?.push(line);
  }
  return block === undefined ? blocks : [...blocks, block.join('\n').trim()];
}

/** Returns the first object or array, if it is the only one. */
function findValue(text: string, open: string, close: string): string | undefined {
  const start = text.indexOf(open);
  if (start === -1) return undefined;
  const end = endOfValue(text, start, open, close);
  if (end === undefined || !isJson(text.slice(start, end))) return undefined;
  const next = text.indexOf(open, end);
  const nextEnd = next === -1 ? undefined : endOfValue(text, next, open, close);
  const isOnly = nextEnd === undefined || !isJson(text.slice(next, nextEnd));
  return isOnly ? text.slice(start, end) : undefined;
}

/** Returns the index after the bracket that closes the one at `start`; brackets in strings do not count. */
function endOfValue(text: string, start: number, open: string, close: string): number | undefined {
  let depth = 0;
  let isString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (isString && character === '\\') at += 1;
    else if (character === '"') isString = !isString;
    else if (!isString && character === open) depth += 1;
    else if (!isString && character === close) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
