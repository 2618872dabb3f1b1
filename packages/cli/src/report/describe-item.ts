import type { ThreadItem } from '@codex-rx/core/events';
import { shellCommand } from '@codex-rx/operators';
import { formatNumber } from '../text/numbers.js';
import type { ReportItem } from './run-report.js';

/** The kinds of items that a reader filters by. */
export const KINDS = [
  'message',
  'user',
  'reasoning',
  'command',
  'patch',
  'tool',
  'agent',
  'search',
  'todo',
  'notice',
  'other',
] as const;
export type Kind = (typeof KINDS)[number];

/** A title names at most this many files. */
const MAX_PATHS = 20;

/** An item in a few words. */
export interface Description {
  readonly kind: Kind;
  /** The kind in words, such as `Command`. */
  readonly label: string;
  /** One line that distinguishes it from others of its kind. Untrusted text. */
  readonly title: string;
  /** `running`: it had no end. */
  readonly outcome: 'ok' | 'failed' | 'declined' | 'running';
}

/** Describes an item for its heading. */
export function describeItem({ item, state }: Pick<ReportItem, 'item' | 'state'>): Description {
  const [kind, label, title] = headingOf(item);
  return { kind, label, title, outcome: outcomeOf(item, state) };
}

function headingOf(item: ThreadItem): readonly [Kind, string, string] {
  switch (item.type) {
    case 'agent_message':
      return ['message', 'Codex', ''];
    case 'user_message':
      return ['user', 'User', ''];
    case 'reasoning':
      return ['reasoning', 'Reasoning', ''];
    case 'plan':
      return ['message', 'Plan', ''];
    case 'command_execution':
      return ['command', 'Command', shellCommand(item)];
    case 'file_change':
      return ['patch', 'Files', pathsOf(item.changes)];
    case 'mcp_tool_call':
      return ['tool', 'Tool', `${item.server}.${item.tool}`];
    case 'collab_tool_call':
      return ['agent', 'Sub-agent', item.tool];
    case 'web_search':
      return ['search', 'Web search', item.query === '' ? (item.action?.url ?? '') : item.query];
    case 'todo_list':
      return [
        'todo',
        'To-do list',
        `${item.items.filter(({ completed }) => completed).length} of ${item.items.length} done`,
      ];
    case 'error':
      return ['notice', 'Warning', ''];
    case 'image_view':
      return ['tool', 'Image', item.path];
    case 'context_compaction':
      return ['other', 'Context compacted', ''];
    case 'unknown':
      return ['other', 'Other', item.item_type];
  }
}

function pathsOf(changes: readonly { readonly path: string }[]): string {
  const more = changes.length - MAX_PATHS;
  const paths = changes.slice(0, MAX_PATHS).map(({ path }) => path);
  return more > 0 ? `${paths.join(', ')} and ${formatNumber(more)} more` : paths.join(', ');
}

function outcomeOf(item: ThreadItem, state: ReportItem['state']): Description['outcome'] {
  const status = 'status' in item && typeof item.status === 'string' ? item.status : undefined;
  if (state === 'failed' || status === 'failed') return 'failed';
  if (status === 'declined') return 'declined';
  if (item.type === 'command_execution' && typeof item.exit_code === 'number' && item.exit_code !== 0) return 'failed';
  return state === 'in_progress' && item.type !== 'todo_list' ? 'running' : 'ok';
}
