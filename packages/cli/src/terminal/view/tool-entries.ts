import { relative } from 'node:path';
import type {
  CollabToolCallItem,
  CommandExecutionItem,
  FileChangeItem,
  McpToolCallItem,
  WebSearchItem,
} from '@codex-rx/core';
import { shellCommand } from '@codex-rx/operators';
import { excerpt, toLines } from '../../text/terminal-text.js';
import { stringify } from '../../text/to-json.js';
import type { Entry } from './entry.js';
import { oneLine } from './plan-entries.js';

export function commandEntry(item: CommandExecutionItem, measured: number | undefined): Entry {
  const text = toLines(shellCommand(item)).join(' ↵ ');
  const took = item.duration_ms ?? measured;
  if (item.status === 'completed') return { mark: 'run', text, result: { isFine: true, took }, overflow: 'cut' };
  const how = typeof item.exit_code === 'number' ? `exit ${String(item.exit_code)}` : item.status;
  return {
    mark: 'runFailed',
    text,
    result: { isFine: false, how, took },
    details: item.aggregated_output.trim() === '' ? [] : excerpt(toLines(item.aggregated_output), 12),
    overflow: 'cut',
  };
}

export function fileChangeEntry({ changes, status }: FileChangeItem, folder: string | undefined): Entry {
  const entry: Entry = {
    mark: 'edit',
    text: changes.map((change) => changedPath(change, folder)).join('  '),
    overflow: 'wrap',
  };
  return status === 'completed' ? entry : { ...entry, result: { isFine: false, how: status } };
}

export function mcpEntry(item: McpToolCallItem, took: number | undefined): Entry {
  const sent = item.arguments === undefined ? '' : stringify(item.arguments);
  return {
    mark: 'call',
    text: `${item.server}.${item.tool}(${sent})`,
    result: { isFine: item.status === 'completed', how: item.status, took },
    details: mcpProblem(item),
    overflow: 'cut',
  };
}

/** The call itself failed, or the tool says in its result that it did. */
function mcpProblem({ error, result, status }: McpToolCallItem): readonly string[] {
  if (status !== 'failed') return [];
  const texts = (result?.content ?? []).flatMap((block) =>
    typeof block === 'object' && block !== null && 'text' in block && typeof block.text === 'string'
      ? [block.text]
      : [],
  );
  const said = error?.message ?? texts.join('\n');
  return said.trim() === '' ? [] : excerpt(toLines(said), 6);
}

export function collabEntry(item: CollabToolCallItem, took: number | undefined): Entry {
  const task = item.prompt ? `: ${oneLine(item.prompt)}` : '';
  return {
    mark: 'agent',
    text: `${item.tool.replaceAll('_', ' ')}${task}`,
    result: { isFine: item.status === 'completed', how: item.status, took },
    overflow: 'cut',
  };
}

/** Describes a web search, an opened page or a search in a page. */
export function searched({ query, action }: WebSearchItem): string {
  const parts = [action?.query ?? query, action?.url, action?.pattern && `"${action.pattern}"`];
  return oneLine([...new Set(parts.filter((part) => part))].join(' · '));
}

/** Letters as Git's short status has them. */
const letters: ReadonlyMap<string, string> = new Map([
  ['add', 'A'],
  ['delete', 'D'],
  ['update', 'M'],
]);

/** `M src/cart.ts`: relative to the folder, if the file is below it. */
export function changedPath(
  { kind, path }: { readonly kind: string; readonly path: string },
  folder: string | undefined,
): string {
  const short = folder === undefined ? path : relative(folder, path);
  return `${letters.get(kind) ?? kind} ${short === '' || short.startsWith('..') ? path : short}`;
}
