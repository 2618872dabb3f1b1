import { parseToml } from '../../util/parse-toml.js';

/** A table of a TOML text: from its header to the line before the next one. */
export interface TableSpan {
  readonly path: readonly string[];
  readonly start: number;
  /** Comments and blank lines before the next header are left to that one. */
  readonly end: number;
}

/** The tables of a TOML text that is known to be valid. */
export function findTables(text: string): TableSpan[] {
  const tables: TableSpan[] = [];
  for (const { path, start, end, isContent } of splitStatements(text)) {
    const last = tables.at(-1);
    if (path !== undefined) tables.push({ path, start, end });
    else if (isContent && last !== undefined) tables[tables.length - 1] = { ...last, end };
  }
  return tables;
}

interface Line {
  readonly start: number;
  readonly end: number;
  /** Path of the table that starts at this line. */
  readonly path: readonly string[] | undefined;
  /** More than a comment or nothing. */
  readonly isContent: boolean;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Splits a TOML text into statements: a line inside a string or an array is not a header. */
function splitStatements(text: string): Line[] {
  const lines: Line[] = [];
  for (let at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0; at < text.length; ) {
    const end = endOfStatement(text, at);
    const line = text.slice(at, end).trim();
    const path = line.startsWith('[') ? parseHeader(line) : undefined;
    lines.push({ start: at, end, path, isContent: line !== '' && !line.startsWith('#') });
    at = end;
  }
  return lines;
}

/** Returns the end of the statement at `start`, including its multi-line strings and arrays. */
function endOfStatement(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at] ?? '';
    const quote = quoteAt(text, at, character);
    if (quote !== undefined) {
      at = endOfString(text, at + quote.length, quote);
      continue;
    }
    if (character === '#') {
      const newline = text.indexOf('\n', at);
      at = newline === -1 ? text.length : newline;
      continue;
    }
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth -= 1;
    at += 1;
    if (character === '\n' && depth <= 0) return at;
  }
  return text.length;
}

/** Returns the opening quotation marks of a string. */
function quoteAt(text: string, at: number, character: string): string | undefined {
  if (character !== '"' && character !== "'") return undefined;
  const long = character.repeat(3);
  return text.startsWith(long, at) ? long : character;
}

function endOfString(text: string, start: number, quote: string): number {
  const hasEscapes = quote.startsWith('"');
  for (let at = start; at < text.length; at += 1) {
    if (hasEscapes && text[at] === '\\') at += 1;
    else if (text.startsWith(quote, at)) {
      let end = at + quote.length;
      // Up to two quotes may stand right before the three that end a text.
      while (quote.length === 3 && text[end] === quote[0]) end += 1;
      return end;
    }
  }
  return text.length;
}

/** `[a."b.c"]` is `['a', 'b.c']`. */
function parseHeader(header: string): string[] {
  const path: string[] = [];
  let value: unknown = parseToml(header);
  for (;;) {
    if (Array.isArray(value)) value = value[0];
    const key = Object.keys(value as object)[0];
    if (key === undefined) return path;
    path.push(key);
    value = (value as Record<string, unknown>)[key];
  }
}
