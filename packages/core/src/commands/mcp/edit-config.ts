import { isDeepStrictEqual } from 'node:util';
import { isTable } from '../../request/is-table.js';
import { isBareKey, tomlValue } from '../../request/toml-value.js';
import type { ConfigTable, ConfigValue } from '../../request/types.js';
import { parseToml } from '../../util/parse-toml.js';
import { findTables, type TableSpan } from './toml-tables.js';

type Span = Pick<TableSpan, 'start' | 'end'>;

export interface ConfigEdit {
  readonly text: string;
  /** A server of that name was there before. */
  readonly replaced: boolean;
}

/**
 * Returns the text of a `config.toml` with a server in it, in the place of one of the same name. Every byte outside
 * of its tables stays; this is checked.
 *
 * @throws Error with the obstacle, if the text is not TOML, or has its servers in another form than tables
 */
export function withServer(text: string, name: string, server: ConfigTable): ConfigEdit {
  const block = tableText(['mcp_servers', name], server).replaceAll('\n', lineEnd(text));
  return replaceServer(text, name, block);
}

/** Returns the text of a `config.toml` without a server. @throws Error as `withServer` */
export function withoutServer(text: string, name: string): ConfigEdit {
  return replaceServer(text, name, undefined);
}

/**
 * Returns the text of a `config.toml` with the tables of a server, as `ownTables` returns them.
 *
 * @throws Error as `withServer`
 */
export function replaceServer(text: string, name: string, block: string | undefined): ConfigEdit {
  const before = parseToml(text);
  const servers: ConfigTable = isTable(before.mcp_servers) ? before.mcp_servers : {};
  const replaced = Object.hasOwn(servers, name);
  if (block === undefined && !replaced) return { text, replaced };
  const own = ownSpans(text, name);
  const place = own[0]?.start;
  const rest = without(text, own);
  const edited =
    block === undefined
      ? rest
      : place === undefined
        ? append(rest, block, lineEnd(text))
        : insert(rest, place, block, lineEnd(text));
  const expected = new Map<string, unknown>(Object.entries(servers));
  if (block === undefined) expected.delete(name);
  else expected.set(name, readBack(block, name));
  if (!isSame(edited, { ...before, mcp_servers: Object.fromEntries(expected) }))
    throw new Error(`mcp_servers is not written as tables ([mcp_servers.${name}]), which this cannot change`);
  return { text: edited, replaced };
}

/** Returns the text of the tables of a server; `undefined` if it does not have tables. */
export function ownTables(text: string, name: string): string | undefined {
  const spans = ownSpans(text, name);
  return spans.length === 0 ? undefined : spans.map(({ start, end }) => text.slice(start, end)).join('\n');
}

function ownSpans(text: string, name: string): Span[] {
  return joined(
    text,
    findTables(text).filter(({ path }) => path[0] === 'mcp_servers' && path[1] === name),
  );
}

function isSame(text: string, expected: unknown): boolean {
  try {
    return isDeepStrictEqual(plain(withServers(parseToml(text))), plain(expected));
  } catch {
    return false;
  }
}

/** An absent table of servers equals an empty one. */
function withServers(config: object): object {
  return { mcp_servers: {}, ...config };
}

/** Without the prototypes and marks of the parser. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return new Map(
    Object.entries(value)
      .map(([key, item]) => [key, plain(item)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function readBack(block: string, name: string): unknown {
  return (parseToml(block).mcp_servers as Record<string, unknown>)[name];
}

function append(text: string, block: string, end: string): string {
  // A byte-order mark counts as a blank.
  if (text.trim() === '') return text + block;
  return `${text.endsWith('\n') ? text : text + end}${end}${block}`;
}

/** The end of the first line, which new lines share. */
function lineEnd(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

/** Joins parts with only blank lines between them: those lines would add up. */
function joined(text: string, spans: readonly Span[]): Span[] {
  const parts: Span[] = [];
  for (const { start, end } of spans) {
    const last = parts.at(-1);
    if (last !== undefined && text.slice(last.end, start).trim() === '') parts[parts.length - 1] = { ...last, end };
    else parts.push({ start, end });
  }
  return parts;
}

function without(text: string, spans: readonly Span[]): string {
  const starts = [0, ...spans.map(({ end }) => end)];
  return starts.map((start, index) => text.slice(start, spans[index]?.start)).join('');
}

function insert(text: string, place: number, block: string, end: string): string {
  const after = text.slice(place);
  return text.slice(0, place) + block + (/^\r?\n|^$/.test(after) ? after : end + after);
}

/** A table with its values, then its tables. */
function tableText(path: readonly string[], table: ConfigTable): string {
  const entries = Object.entries(table).filter((entry): entry is [string, ConfigValue] => entry[1] !== undefined);
  const values = entries.filter(([, value]) => !isTable(value));
  const tables = entries.filter((entry): entry is [string, ConfigTable] => isTable(entry[1]));
  const own = [
    `[${path.map(keyText).join('.')}]`,
    ...values.map(([key, value]) => `${keyText(key)} = ${tomlValue(value)}`),
  ];
  return [`${own.join('\n')}\n`, ...tables.map(([key, value]) => tableText([...path, key], value))].join('\n');
}

function keyText(key: string): string {
  return isBareKey(key) ? key : tomlValue(key);
}
