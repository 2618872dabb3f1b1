import type { ThreadEvent, ThreadItem } from '@codex-rx/core/events';
import { showValue } from '../compare/show-value.js';

/** Describes an event in one line: its type and its main fields. */
export function describeEvent(event: ThreadEvent): string {
  return [event.type, ...describeDetails(event)].join('  ');
}

function describeDetails(event: ThreadEvent): string[] {
  switch (event.type) {
    case 'thread.started':
      return [event.thread_id];
    case 'turn.failed':
    case 'item.failed':
      return [showValue(event.error.message)];
    case 'item.started':
    case 'item.updated':
    case 'item.completed':
      return describeItem(event.item);
    case 'item.delta':
      return [event.item_id, showValue(event.delta.text_delta ?? event.delta.output_delta ?? event.delta)];
    case 'turn.diff':
      return [showValue(event.diff)];
    case 'error':
      return [showValue(event.message)];
    case 'unknown':
      return [event.event_type];
    case 'malformed':
      return [`line ${String(event.line_number)}`, event.error];
    default:
      return [];
  }
}

function describeItem(item: ThreadItem): string[] {
  const { type, status, ...rest } = item as ThreadItem & { status?: string };
  const fields = rest as Readonly<Record<string, unknown>>;
  const main = ['text', 'command', 'message', 'query', 'tool', 'path', 'changes', 'items', 'item_type'].find(
    (name) => fields[name] !== undefined,
  );
  return [type, ...(main === undefined ? [] : [showValue(fields[main])]), ...(status === undefined ? [] : [status])];
}
