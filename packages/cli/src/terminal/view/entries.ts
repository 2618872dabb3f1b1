import type { ReasoningItem, ThreadItem } from '@codex-rx/core';
import { excerpt, toLines } from '../../text/terminal-text.js';
import type { Moment } from '../moments.js';
import type { Entry } from './entry.js';
import { planEntries } from './plan-entries.js';
import { collabEntry, commandEntry, fileChangeEntry, mcpEntry, searched } from './tool-entries.js';

/** The timeline entries of a moment. Pure. Paths are shown relative to `folder`. */
export function entries(moment: Moment, folder: string | undefined): readonly Entry[] {
  const { event } = moment;
  switch (event.type) {
    case 'thread.started':
      return [line('thread', `thread ${event.thread_id}${event.resumed === true ? ' (resumed)' : ''}`)];
    case 'item.started':
    case 'item.updated':
      return event.item.type === 'todo_list' ? planEntries(moment.planBefore, event.item) : [];
    case 'item.completed':
      return itemEntries(event.item, moment.took, folder);
    case 'item.failed':
      return [paragraph('failed', event.error.message)];
    case 'error':
      return [paragraph('notice', event.message)];
    case 'unknown':
      return [line('notice', `an event of a type that is not known: ${event.event_type}`)];
    case 'malformed':
      return [paragraph('notice', `line ${String(event.line_number)} is no event: ${event.error}`)];
    case 'turn.started':
    case 'turn.completed':
    case 'turn.failed':
    case 'item.delta':
    case 'usage.updated':
    case 'turn.diff':
      return [];
  }
}

function itemEntries(item: ThreadItem, took: number | undefined, folder: string | undefined): readonly Entry[] {
  switch (item.type) {
    case 'agent_message':
      return [paragraph('say', item.text)];
    case 'user_message':
      return [paragraph('user', item.text)];
    case 'reasoning':
      return reasoningEntries(item);
    case 'command_execution':
      return [commandEntry(item, took)];
    case 'file_change':
      return [fileChangeEntry(item, folder)];
    case 'mcp_tool_call':
      return [mcpEntry(item, took)];
    case 'collab_tool_call':
      return [collabEntry(item, took)];
    case 'web_search':
      return [line('search', searched(item))];
    case 'error':
      return [paragraph('notice', item.message)];
    case 'plan':
      return [paragraph('plan', item.text)];
    case 'context_compaction':
      return [line('notice', 'earlier history was summarised')];
    case 'image_view':
      return [line('call', `looked at ${item.path}`)];
    case 'unknown':
      return [line('notice', `an item of a type that is not known: ${item.item_type}`)];
    case 'todo_list':
      return [];
  }
}

/** The CLI writes a title in bold, then the text. */
function reasoningEntries({ text }: ReasoningItem): readonly Entry[] {
  const [title = '', ...body] = toLines(text.replaceAll('**', ''));
  if (title === '') return [];
  const details = excerpt(
    body.filter((part) => part.trim() !== ''),
    4,
  );
  return [{ mark: 'think', text: title, details, overflow: 'wrap' }];
}

function line(mark: Entry['mark'], text: string): Entry {
  return { mark, text, overflow: 'cut' };
}

function paragraph(mark: Entry['mark'], text: string): Entry {
  const [first = '', ...details] = toLines(text);
  return { mark, text: first, details, overflow: 'wrap' };
}
